import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    configuration: 'src/configuration/index.ts',
    openapi: 'src/openapi/index.ts',
    testing: 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'node20.19',
  dts: true,
  // A host that is tested with Jest cannot import(): what is loaded late is required there.
  outputOptions: { dynamicImportInCjs: false },
});
