import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { 'seek-pass': 'src/seek-pass.ts' },
  format: ['esm'],
  target: 'node20.19',
  dts: false,
});
