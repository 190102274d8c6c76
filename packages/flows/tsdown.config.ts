import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    postgres: 'src/postgres/index.ts',
    embedded: 'src/embedded/index.ts',
    node: 'src/node/index.ts',
    bulk: 'src/bulk/index.ts',
    reports: 'src/reporting/index.ts',
    store: 'src/store/index.ts',
    smtp: 'src/smtp/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'node20.19',
  dts: true,
});
