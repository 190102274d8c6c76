import { defineConfig } from 'tsdown';

/** `npm run contract` builds the suite into a folder of its own and runs it; it is not part of the package. */
export default defineConfig({
  entry: { contract: 'main.ts' },
  format: ['esm'],
  target: 'node20.19',
  dts: false,
  logLevel: 'error',
});
