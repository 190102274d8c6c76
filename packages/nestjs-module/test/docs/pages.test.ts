import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** What a reader sees in the address bar, or finds in the tarball. */
interface Page {
  readonly name: string;
  readonly text: string;
}

const here = fileURLToPath(new URL('.', import.meta.url));
const packageFolder = join(here, '../..');
const pagesFolder = join(packageFolder, '../../apps/docs/docs/nestjs');
const pages: Page[] = readdirSync(pagesFolder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => ({ name, text: readFileSync(join(pagesFolder, name), 'utf8') }));
const readMe: Page = { name: 'README.md', text: readFileSync(join(packageFolder, 'README.md'), 'utf8') };

test.each(pages)('$name has a title and a description for whoever finds it', ({ text }) => {
  const [, frontMatter = ''] = /^---\n(.*?)\n---\n/s.exec(text) ?? [];
  expect(frontMatter).toMatch(/^title: \S/m);
  expect(frontMatter).toMatch(/^description: \S/m);
});

test.each([...pages, readMe])('$name leads nowhere that is not there', ({ name, text }) => {
  const from = name === readMe.name ? packageFolder : pagesFolder;
  const links = [...text.matchAll(/\]\(([^)#\s]+)/g)].map(([, link = '']) => link);
  const local = links.filter((link) => !/^https?:/.test(link));
  expect(local.filter((link) => !existsSync(join(from, link)))).toEqual([]);
});

test('the README names every entry', () => {
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly exports: object;
  };
  const entries = Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'));
  const named = entries.map((entry) => `| \`${manifest.name}${entry.slice(1)}\` |`);
  expect(named.filter((row) => !readMe.text.includes(row))).toEqual([]);
});

describe('the TypeScript of a page compiles as it stands there', () => {
  const blocks = [...pages, readMe].flatMap(blocksOf);
  const problems = compile(blocks);

  test.each([...pages, readMe])('$name', ({ name }) => {
    expect(problems.get(name) ?? []).toEqual([]);
  });

  test('there is some', () => {
    expect(blocks.length).toBeGreaterThan(0);
  });
});

/** One block of TypeScript. Blocks of a page with a `title` import each other by it. */
interface Block {
  readonly page: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
  readonly path: string;
  readonly code: string;
}

function blocksOf({ name, text }: Page): Block[] {
  return [...text.matchAll(/^```ts([^\n]*)\n(.*?)^```/gms)].map((match, at) => {
    const [, info = '', code = ''] = match;
    const line = text.slice(0, match.index).split('\n').length + 1;
    const title = /title="([^"]+)"/.exec(info)?.[1] ?? `block-${at + 1}.ts`;
    // Inside the package, so that it finds itself by its name; nothing is written there.
    const path = join(here, 'pages', name.replace('.md', ''), title);
    return { page: name, line, path, code };
  });
}

/** Compiles all blocks at once, strictly and with the settings that a Nest project has. Problems by page, each with its line there. */
function compile(blocks: readonly Block[]): Map<string, string[]> {
  const byPath = new Map(blocks.map((block) => [block.path, block]));
  const options: ts.CompilerOptions = {
    ...baseOptions(),
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    verbatimModuleSyntax: false,
    noUnusedParameters: false,
    exactOptionalPropertyTypes: false,
  };
  const host = ts.createCompilerHost(options);
  const folders = new Set(blocks.map(({ path }) => dirname(path)));
  const onDisk = { ...host };
  host.fileExists = (path) => byPath.has(path) || onDisk.fileExists(path);
  host.readFile = (path) => byPath.get(path)?.code ?? onDisk.readFile(path);
  host.directoryExists = (path) => folders.has(path) || (onDisk.directoryExists?.(path) ?? true);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const block = byPath.get(path);
    return block === undefined
      ? onDisk.getSourceFile(path, languageVersion, ...rest)
      : ts.createSourceFile(path, block.code, languageVersion);
  };
  const program = ts.createProgram({ rootNames: [...byPath.keys()], options, host });
  const problems = new Map<string, string[]>();
  for (const { path, page, line } of blocks) {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    const sentences = found.map(({ start = 0, messageText }) => {
      const at = source === undefined ? 0 : ts.getLineAndCharacterOfPosition(source, start).line;
      return `${page}:${line + at} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    problems.set(page, [...(problems.get(page) ?? []), ...sentences]);
  }
  return problems;
}

function baseOptions(): ts.CompilerOptions {
  const path = join(packageFolder, '../../tsconfig.base.json');
  const { config } = ts.readConfigFile(path, (name) => ts.sys.readFile(name)) as { config: object };
  return ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, packageFolder).options;
}
