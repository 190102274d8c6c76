import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { 'seek-pass': 'src/seek-pass.ts' },
  format: ['esm'],
  target: 'node20.19',
  dts: false,
  // The sample of `seek-pass try`, for those who have the package and not the repository.
  copy: [{ from: '../../examples/learners.csv', to: 'dist' }],
});
