import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
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
import { onTestFinished } from 'vitest';

const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** A project of its own, beside the repository: an application as somebody has it who installed the built package. */
export interface ApplicationProject {
  readonly folder: string;
  /** Writes a file. */
  readonly write: (name: string, content: string | object) => void;
  /** Copies a folder of the fixture into it. */
  readonly copy: (name: string) => void;
  /** Runs a program of an installed package on this Node, and gives what it printed, also when it failed. */
  readonly run: (packageName: string, bin: string, args: readonly string[]) => Promise<string>;
}

/** Makes a project with the NestJS of a fixture. It is removed when the test ends. */
export function openProject(fixture: 'nest-10' | 'nest-11' | 'nest-12'): ApplicationProject {
  const fixtureFolder = join(packageFolder, 'fixtures', fixture);
  // The system's real name for it: Jest compares paths.
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `seek-pass-kit-${fixture}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));

  /** Puts a package into the project, as a link to where it is installed. */
  const link = (name: string, from: string): void => {
    const target = join(folder, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(realpathSync(join(from, 'node_modules', name)), target);
  };
  if (!existsSync(join(packageFolder, 'dist'))) {
    throw new Error("This test uses the built package: run npx turbo build --filter='./packages/*' first.");
  }
  // A copy: it is to find the Nest of the project, not the one that it is developed with.
  const copy = join(folder, 'node_modules/@seek-pass-kit/nestjs-module');
  for (const name of ['dist', 'package.json']) {
    cpSync(join(packageFolder, name), join(copy, name), { recursive: true });
  }
  const own = [...dependenciesOf(packageFolder), '@seek-pass-kit/sandbox'];
  const ofFixture = dependenciesOf(fixtureFolder).filter((name) => !own.includes(name));
  for (const name of own) link(name, packageFolder);
  for (const name of ofFixture) link(name, fixtureFolder);
  const types = join(fixtureFolder, 'node_modules/@types');
  for (const name of existsSync(types) ? readdirSync(types) : []) link(`@types/${name}`, fixtureFolder);

  return {
    folder,
    write(name, content) {
      writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
    },
    copy(name) {
      cpSync(join(fixtureFolder, name), folder, { recursive: true });
    },
    async run(packageName, bin, args) {
      const from = existsSync(join(fixtureFolder, 'node_modules', packageName))
        ? fixtureFolder
        : packageFolder;
      const program = join(
        dirname(createRequire(join(from, 'package.json')).resolve(`${packageName}/package.json`)),
        bin,
      );
      // Jest finds packages by NODE_PATH too, and the programs of this repository are started with one.
      const { VITEST: _vitest, ...inherited } = process.env;
      const env = { ...inherited, NODE_OPTIONS: '', NODE_PATH: '', NODE_ENV: 'test' };
      const ended = await promisify(execFile)(process.execPath, [program, ...args], {
        cwd: folder,
        env,
        maxBuffer: 2 ** 26,
      }).catch((error: unknown) => error as { readonly stdout: string; readonly stderr: string });
      return ended.stdout === '' ? ended.stderr : ended.stdout;
    },
  };
}

function dependenciesOf(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  return Object.keys(manifest.dependencies);
}

/** The files of the page on testing, by their names. */
export function documentedFiles(): Map<string, string> {
  const page = readFileSync(join(packageFolder, '../../apps/docs/docs/nestjs/testing.md'), 'utf8');
  const blocks = page.matchAll(/^```ts title="([^"]+)"\n(.*?)^```/gms);
  return new Map([...blocks].map(([, name = '', code = '']) => [name, code]));
}

/** What Jest and Vitest write with a JSON reporter, as far as it is read here. */
interface TestReport {
  readonly testResults: ReadonlyArray<{
    readonly message: string;
    readonly assertionResults: ReadonlyArray<{ readonly fullName: string; readonly status: string }>;
  }>;
}

/** What passed, and what did not with everything that was said about it. */
export function outcomeOf(json: string): { readonly passed: string[]; readonly failures: string[] } {
  if (!json.startsWith('{')) return { passed: [], failures: [json] };
  const { testResults } = JSON.parse(json) as TestReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status !== 'passed').map(({ fullName }) => fullName);
  return {
    passed: tests.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName),
    failures: [...failed, ...testResults.map(({ message }) => message).filter((message) => message !== '')],
  };
}
