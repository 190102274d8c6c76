import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: ['esm', 'cjs'],
  target: 'node20.19',
  dts: true,
  // Tests that run in Jest cannot import(): what is loaded late is required there.
  outputOptions: { dynamicImportInCjs: false },
});
