import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const packageFolder = fileURLToPath(new URL('../../', import.meta.url));
const fixture = join(packageFolder, 'fixtures/nest-10');
const resolve = createRequire(join(fixture, 'package.json')).resolve;
// The system's real name for it: Jest compares paths.
const project = mkdtempSync(join(realpathSync(tmpdir()), 'seek-pass-kit-nest-10-'));

/** What `jest --json` writes, as far as it is read here. */
interface JestReport {
  readonly testResults: ReadonlyArray<{
    readonly message: string;
    readonly assertionResults: ReadonlyArray<{ readonly fullName: string; readonly status: string }>;
  }>;
}

/** Puts a package into the project, as a link to where it is installed. */
function link(name: string, from: string): void {
  const target = join(project, 'node_modules', name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(realpathSync(join(from, 'node_modules', name)), target);
}

beforeAll(() => {
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    readonly dependencies: object;
  };
  const installed = JSON.parse(readFileSync(join(fixture, 'package.json'), 'utf8')) as {
    readonly dependencies: object;
  };
  // A copy: it is to find the Nest of the project, not the one that it is developed with.
  const copy = join(project, 'node_modules/@seek-pass-kit/nestjs-module');
  for (const name of ['dist', 'package.json'])
    cpSync(join(packageFolder, name), join(copy, name), { recursive: true });
  for (const name of [...Object.keys(manifest.dependencies), '@seek-pass-kit/sandbox'])
    link(name, packageFolder);
  for (const name of Object.keys(installed.dependencies)) link(name, fixture);
  for (const name of readdirSync(join(fixture, 'node_modules/@types'))) link(`@types/${name}`, fixture);
  cpSync(join(fixture, 'jest'), project, { recursive: true });
  const compilerOptions = {
    module: 'commonjs',
    moduleResolution: 'node10',
    target: 'es2022',
    strict: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    esModuleInterop: true,
    skipLibCheck: true,
    types: ['node', 'jest'],
  };
  const jest = {
    testEnvironment: 'node',
    watchman: false,
    cacheDirectory: join(project, 'cache'),
    transform: { '\\.ts$': [resolve('ts-jest'), { tsconfig: compilerOptions }] },
  };
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'nest-10-with-jest', private: true, jest }),
  );
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test('a Nest 10 application loads, awards, follows and verifies in Jest, with the built package', async () => {
  const jest = join(dirname(resolve('jest/package.json')), 'bin/jest.js');
  // Jest finds packages by NODE_PATH too, and the programs of this repository are started with one.
  const env = { ...process.env, NODE_OPTIONS: '', NODE_PATH: '', NODE_ENV: 'test' };
  const { stdout } = await promisify(execFile)(process.execPath, [jest, '--json', '--runInBand'], {
    cwd: project,
    env,
  }).catch((error: unknown) => error as { readonly stdout: string });
  const { testResults } = JSON.parse(stdout) as JestReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(testResults.map(({ message }) => message).join('\n')).toBe('');
  expect(tests.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(tests.length).toBeGreaterThan(3);
}, 120_000);
