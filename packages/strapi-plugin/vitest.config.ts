import { defineConfig } from 'vitest/config';

/**
 * Not the shared configuration: Strapi loads the built plugin, which loads the built packages of the kit, and under the condition that
 * leads to their sources Node would load TypeScript. Build first.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Each file may start a Strapi, and all of them compile the same sources.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
