import { defineConfig } from 'vitest/config';

/** Tests resolve workspace packages to their sources, so that an edit in core is seen at once. */
const conditions = ['seek-pass-kit-source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    typecheck: { enabled: false },
  },
});
