import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

const depcruise = fileURLToPath(new URL('../node_modules/.bin/depcruise', import.meta.url));
const config = fileURLToPath(new URL('../../.dependency-cruiser.mjs', import.meta.url));
const packages = ['core', 'flows', 'sandbox', 'cli', 'nestjs-module', 'strapi-plugin'];

const uses = (name) => `export { here } from '@seek-pass-kit/${name}';\n`;
const usesType = (name) =>
  `import type { here } from '@seek-pass-kit/${name}';\nexport type A = typeof here;\n`;

/** Files of a made-up repository, each with the rules it breaks. */
const cases = [
  ['flows/src/uses-core.ts', uses('core'), []],
  ['nestjs-module/src/uses-flows.ts', uses('flows'), []],
  ['nestjs-module/src/testing/uses-sandbox.ts', uses('sandbox'), []],
  ['cli/src/uses-sandbox.ts', uses('sandbox'), []],
  ['sandbox/src/shapes.ts', uses('core'), []],
  ['core/src/uses-flows.ts', uses('flows'), ['core-stands-alone']],
  ['core/src/uses-a-type-of-flows.ts', usesType('flows'), ['core-stands-alone']],
  ['core/src/uses-what-is-not-there.ts', uses('nothing'), ['resolvable']],
  ['flows/src/uses-sandbox.ts', uses('sandbox'), ['flows-know-core-only', 'sandbox-is-for-trying-out']],
  ['flows/src/uses-an-adapter.ts', uses('cli'), ['adapters-are-leaves', 'flows-know-core-only']],
  [
    'flows/src/reaches-into-core.ts',
    "export { here } from '../../core/src/index.ts';\n",
    ['through-the-front-door'],
  ],
  ['strapi-plugin/src/uses-an-adapter.ts', uses('nestjs-module'), ['adapters-are-leaves']],
  ['strapi-plugin/src/uses-sandbox.ts', uses('sandbox'), ['sandbox-is-for-trying-out']],
  ['sandbox/src/uses-core-beside-shapes.ts', uses('core'), ['sandbox-takes-shapes-in-one-place']],
  ['sandbox/src/uses-flows.ts', uses('flows'), ['sandbox-knows-core-only']],
];

/** Rules broken, by file. */
const broken = new Map();

beforeAll(() => {
  const repository = mkdtempSync(join(tmpdir(), 'boundaries-'));
  const write = (file, text) => {
    mkdirSync(dirname(join(repository, file)), { recursive: true });
    writeFileSync(join(repository, file), text);
  };
  try {
    mkdirSync(join(repository, 'node_modules/@seek-pass-kit'), { recursive: true });
    for (const name of packages) {
      const exports = { '.': { 'seek-pass-kit-source': './src/index.ts' } };
      const manifest = { name: `@seek-pass-kit/${name}`, type: 'module', exports };
      write(`packages/${name}/package.json`, JSON.stringify(manifest));
      write(`packages/${name}/src/index.ts`, 'export const here = 1;\n');
      symlinkSync(join(repository, 'packages', name), join(repository, 'node_modules/@seek-pass-kit', name));
    }
    for (const [file, text] of cases) write(`packages/${file}`, text);
    const { stdout } = spawnSync(depcruise, ['--config', config, '--output-type', 'json', 'packages'], {
      cwd: repository,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    for (const { from, rule } of JSON.parse(stdout).summary.violations) {
      broken.set(from, [...(broken.get(from) ?? []), rule.name].sort());
    }
  } finally {
    rmSync(repository, { recursive: true });
  }
});

test.each(cases)('%s', (file, _, rules) => {
  expect(broken.get(`packages/${file}`) ?? []).toEqual(rules);
});
