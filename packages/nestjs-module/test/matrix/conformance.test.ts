import { execFile } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { openProject } from '../projects/application-project.ts';

/** What one application under one parser found. */
interface Conformance {
  readonly server: string;
  readonly parser: string;
  readonly checks: ReadonlyArray<{
    readonly name: string;
    readonly got: unknown;
    readonly wanted: unknown;
  }>;
}

const imported = {
  common: '@nestjs/common',
  core: '@nestjs/core',
  express: '@nestjs/platform-express',
  fastify: '@nestjs/platform-fastify',
  nestTesting: '@nestjs/testing',
  module: '@seek-pass-kit/nestjs-module',
  testing: '@seek-pass-kit/nestjs-module/testing',
  webhooks: '@seek-pass-kit/core/webhooks',
};

const runAll = `
const adapters = { Express: express.ExpressAdapter, Fastify: fastify.FastifyAdapter };
const ofExpress = createRequire(resolve('@nestjs/platform-express'))('express');
const libraries = { common, core, nestTesting, adapters, express: ofExpress, module, testing, sign: webhooks.sign };
const entry = resolve('@seek-pass-kit/nestjs-module');
runConformance(libraries).then((results) => console.log(JSON.stringify({ entry, results })));
`;

/** The program of each module format. The packages are loaded in that format alone. */
const programs = {
  ESM: [
    "import 'reflect-metadata';",
    "import { createRequire } from 'node:module';",
    ...Object.entries(imported).map(([name, from]) => `import * as ${name} from '${from}';`),
    "import { runConformance } from './conformance.cjs';",
    'const resolve = (name) => import.meta.resolve(name);',
    runAll,
  ],
  CommonJS: [
    "require('reflect-metadata');",
    "const { createRequire } = require('node:module');",
    // `module` is a name of CommonJS itself.
    'void (() => {',
    ...Object.entries(imported).map(([name, from]) => `const ${name} = require('${from}');`),
    "const { runConformance } = require('./conformance.cjs');",
    'const { resolve } = require;',
    runAll,
    '})();',
  ],
} as const;

const endings = { ESM: 'mjs', CommonJS: 'cjs' } as const;

describe.each(['nest-10', 'nest-11', 'nest-12'] as const)('the built package on %s', (nest) => {
  test.each(['ESM', 'CommonJS'] as const)(
    'as %s: Express and Fastify, under every parser, do the same',
    async (format) => {
      const project = openProject(nest);
      for (const name of ['application.cjs', 'conformance.cjs', 'lifecycle.cjs']) {
        cpSync(fileURLToPath(new URL(name, import.meta.url)), join(project.folder, name));
      }
      const program = `main.${endings[format]}`;
      project.write(program, programs[format].join('\n'));
      // It ends by itself when nothing is left open: no server, no connection, no timer.
      const { stdout } = await promisify(execFile)(process.execPath, [join(project.folder, program)], {
        env: { ...process.env, NODE_OPTIONS: '', NODE_PATH: '' },
        maxBuffer: 2 ** 24,
        timeout: 100_000,
      });
      const { entry, results } = JSON.parse(stdout) as {
        readonly entry: string;
        readonly results: readonly Conformance[];
      };
      expect(entry).toMatch(new RegExp(`/dist/index\\.${endings[format]}$`));
      expect(majorOf(project.folder)).toBe(nest);
      expect(results.map(({ server, parser }) => `${server}, ${parser}`)).toEqual(combinations);
      for (const { server, parser, checks } of results) {
        const found = Object.fromEntries(checks.map(({ name, got }) => [name, got]));
        const wanted = Object.fromEntries(checks.map(({ name, wanted: value }) => [name, value]));
        expect({ [`${server}, ${parser}`]: found }).toEqual({ [`${server}, ${parser}`]: wanted });
        expect(checks.length).toBeGreaterThan(50);
      }
    },
    120_000,
  );
});

const combinations = ['Express', 'Fastify'].flatMap((server) =>
  ['the parsers of Nest', 'app.use(json())', 'no parser', 'a testing module', 'limits of its own'].map(
    (parser) => `${server}, ${parser}`,
  ),
);

/** The NestJS that a project really has, by the name of its fixture. */
function majorOf(folder: string): string {
  const manifest = readFileSync(join(folder, 'node_modules/@nestjs/core/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { readonly version: string };
  return `nest-${version.split('.')[0]}`;
}
