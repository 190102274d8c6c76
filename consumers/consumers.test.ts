import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'seek-pass-kit-consumer-'));
const tarball = (name: string): string => join(here, '../packages', name, 'packed/package.tgz');
const resolve = createRequire(import.meta.url).resolve;

const { devDependencies } = createRequire(import.meta.url)('./package.json') as {
  readonly devDependencies: Readonly<Record<string, string>>;
};
/** What a NestJS application has. Of NestJS the newest whose types the oldest of the settings below can find. */
const nest = ['@nestjs/common', '@nestjs/core', 'reflect-metadata', 'rxjs'].map(
  (name) => `${name}@${devDependencies[name]}`,
);

/** Runs a program in a folder of the consumer project. What it prints is in the error when it fails. */
function run(folder: string, program: string, ...args: string[]): string {
  const env = { ...process.env, NODE_OPTIONS: '' };
  try {
    return execFileSync(program, args, { cwd: join(project, folder), encoding: 'utf8', env });
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) error.message += `\n${String(error.stdout)}`;
    throw error;
  }
}

beforeAll(() => {
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  const types = `@types/node@${String(createRequire(import.meta.url)('@types/node/package.json').version)}`;
  const tarballs = ['core', 'sandbox', 'flows', 'cli', 'nestjs-module'].map(tarball);
  const quietly = ['--no-audit', '--no-fund', '--prefer-offline'];
  // What is optional must not be missed: the embedded database is 60 MB.
  run('', 'npm', 'install', ...quietly, '--omit=optional', ...tarballs, ...nest, types);
  for (const folder of ['esm', 'commonjs', 'jest'])
    cpSync(join(here, folder), join(project, folder), { recursive: true });
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test('a plain ESM program imports every entry and issues a credential', () => {
  expect(run('esm', process.execPath, 'use.mjs')).toContain('ok');
});

test('a plain CommonJS program requires every entry and issues a credential', () => {
  expect(run('commonjs', process.execPath, 'use.cjs')).toContain('ok');
});

test('an ESM application with NestJS imports every entry, and a learner adds its award', () => {
  expect(run('esm', process.execPath, 'nest.mjs')).toContain('ok');
});

test('a CommonJS application with NestJS requires every entry, and a learner adds its award', () => {
  expect(run('commonjs', process.execPath, 'nest.cjs')).toContain('ok');
});

test('the installed command line answers', () => {
  expect(run('', join(project, 'node_modules/.bin/seek-pass'), '--version')).toMatch(/^\d+\.\d+\.\d+/);
});

test('the installed command line goes the whole way without the embedded database', () => {
  const { awarded, mails } = JSON.parse(
    run('', join(project, 'node_modules/.bin/seek-pass'), 'try', '--once', '--json'),
  ) as { awarded: unknown[]; mails: unknown };
  expect(awarded).toHaveLength(49);
  expect(mails).toEqual({ accepted: 49 });
});

test('a host tested with Jest and ts-jest uses the packages', () => {
  const config = {
    testEnvironment: 'node',
    watchman: false,
    transform: {
      '\\.ts$': [
        resolve('ts-jest'),
        {
          tsconfig: {
            module: 'commonjs',
            moduleResolution: 'node10',
            target: 'es2022',
            esModuleInterop: true,
            strict: true,
            types: ['node', 'jest'],
            typeRoots: [join(here, 'node_modules/@types')],
          },
        },
      ],
    },
  };
  writeFileSync(join(project, 'jest/jest.config.json'), JSON.stringify(config));
  run('jest', process.execPath, resolve('jest/bin/jest'), '--config', 'jest.config.json');
});

const compilers = { '5.9': 'typescript-5', '6.0': 'typescript', '7.0': 'typescript-7' };
type Compiler = keyof typeof compilers;

/** How projects are set up: module, resolution, and what the package.json beside the file says it is. */
const settings: readonly [compiler: Compiler, module: string, resolution: string, type: string][] = [
  ['5.9', 'nodenext', 'nodenext', 'module'],
  ['5.9', 'node16', 'node16', 'commonjs'],
  ['5.9', 'commonjs', 'node10', 'commonjs'],
  ['5.9', 'esnext', 'bundler', 'module'],
  ['6.0', 'nodenext', 'nodenext', 'module'],
  ['6.0', 'node16', 'node16', 'commonjs'],
  ['7.0', 'nodenext', 'nodenext', 'module'],
  ['7.0', 'node16', 'node16', 'commonjs'],
];

test.each(settings)(
  'TypeScript %s compiles with module %s and resolution %s in a %s package',
  (compiler, module, resolution, type) => {
    const folder = `typescript-${compiler}-${resolution}-${type}`;
    cpSync(join(here, 'typescript'), join(project, folder), { recursive: true });
    writeFileSync(join(project, folder, 'package.json'), JSON.stringify({ type }));
    const options = {
      strict: true,
      // What `nest new` of Nest 10 sets; its library has less than that of ES2022.
      target: type === 'commonjs' ? 'es2021' : 'es2022',
      module,
      moduleResolution: resolution,
      types: ['node'],
      noEmit: true,
      exactOptionalPropertyTypes: true,
      esModuleInterop: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      // Our declarations are checked themselves once as ESM and once as CommonJS, by the compiler that takes seconds for it.
      skipLibCheck: compiler !== '7.0',
    };
    writeFileSync(
      join(project, folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, include: ['*.ts'] }),
    );
    run(
      folder,
      process.execPath,
      join(resolve(`${compilers[compiler]}/package.json`), '../bin/tsc'),
      '-p',
      '.',
    );
  },
);
