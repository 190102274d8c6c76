import { configDefaults, defineConfig } from 'vitest/config';

/** Tests resolve workspace packages to their sources, so that an edit in core is seen at once. */
const conditions = ['seek-pass-kit-source'];

/** Set on the second runtimes, where a browser would show the same pages and a proof find the same truth again. */
const secondRuntime = process.env['TEST_RUNTIME'] !== undefined;

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(secondRuntime ? ['test/browser/**', '**/*.proof.test.ts'] : [])],
    typecheck: { enabled: false },
  },
});
