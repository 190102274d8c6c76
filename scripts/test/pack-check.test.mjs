import { expect, test } from 'vitest';
import { forgottenExports, manifestProblems } from '../pack-check.mjs';

const good = {
  name: 'a',
  license: 'MIT',
  description: 'A package.',
  engines: { node: '>=20.19.0' },
  exports: { '.': './dist/index.mjs' },
  dependencies: { b: '^1.0.0' },
};

test('a manifest fit to be published has no problem', () => {
  expect(manifestProblems(good)).toEqual([]);
});

test.each([
  [
    'the source condition',
    { exports: { '.': { 'seek-pass-kit-source': './lib/index.ts', default: './dist/index.mjs' } } },
  ],
  ['an entry in src', { exports: { '.': './src/index.ts' } }],
  ['a workspace version', { dependencies: { b: 'workspace:^' } }],
  ['no licence', { license: undefined }],
])('a manifest with %s has one', (_, change) => {
  expect(manifestProblems({ ...good, ...change })).toHaveLength(1);
});

test('an entry that only the development manifest has is found', () => {
  const exports = { '.': './src/index.ts', './webhooks': './src/webhooks.ts' };
  expect(forgottenExports({ exports, publishConfig: { exports: { '.': './dist/index.mjs' } } })).toHaveLength(
    1,
  );
  expect(forgottenExports({ exports, publishConfig: { exports } })).toEqual([]);
});
