import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/main.ts', 'src/new-secrets.ts'],
  format: 'esm',
  target: 'node20.19',
  dts: false,
  sourcemap: true,
});
