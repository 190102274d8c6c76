import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { pluginId } from '../../contract/plugin-id.ts';
import { readPluginConfig } from '../../server/src/plugin-config.ts';

const packageFolder = fileURLToPath(new URL('../../', import.meta.url));
const pagesFolder = join(packageFolder, '../../apps/docs/docs/strapi');
const campusFolder = join(packageFolder, '../../examples/strapi-campus');

/** A text that a reader of this package finds. */
interface Page {
  readonly name: string;
  readonly folder: string;
  readonly text: string;
}

const pageOf = (folder: string, name: string): Page => ({
  name,
  folder,
  text: readFileSync(join(folder, name), 'utf8'),
});
const pages = readdirSync(pagesFolder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => pageOf(pagesFolder, name));
const readMes = [pageOf(packageFolder, 'README.md'), pageOf(campusFolder, 'README.md')];
const everywhere = [...pages, ...readMes].map((page) => [page.name, page] as const);

test.each(pages)('$name has a title and a description for whoever finds it', ({ text }) => {
  const [, frontMatter = ''] = /^---\n(.*?)\n---\n/s.exec(text) ?? [];
  expect(frontMatter).toMatch(/^title: \S/m);
  expect(frontMatter).toMatch(/^description: \S/m);
});

test('the first page lists every other one', () => {
  const first = pages.find(({ name }) => name === 'index.md')?.text ?? '';
  const others = pages.map(({ name }) => name).filter((name) => name !== 'index.md');
  expect(others.filter((name) => !first.includes(`](${name})`))).toEqual([]);
});

test.each(everywhere)('%s leads nowhere that is not there', (_name, { folder, name, text }) => {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const local = links.filter((link) => !/^https?:/.test(link));
  expect(local.filter((link) => !leadsSomewhere(folder, name, link))).toEqual([]);
});

test.each(everywhere)('the code and the JSON of %s can be read by a machine', (_name, page) => {
  for (const { language, code } of blocksOf(page)) {
    if (language === 'json') expect(() => JSON.parse(code) as unknown).not.toThrow();
    else expect(mistakesOf(code)).toEqual([]);
  }
});

describe('a configuration in the docs is one that the plugin takes', () => {
  const examples = pages.flatMap((page) =>
    blocksOf(page)
      .filter(({ language, code }) => language === 'js' && code.includes(`'${pluginId}': {`))
      .map(({ code }) => ({ name: page.name, code, files: namedFilesOf(page) })),
  );

  test.each(examples)('$name', ({ code, files }) => {
    expect(() => readPluginConfig(pluginConfigIn(code, files))).not.toThrow();
  });

  test('there is some', () => {
    expect(examples.length).toBeGreaterThan(3);
  });
});

interface Block {
  readonly language: 'js' | 'ts' | 'json';
  readonly title: string | undefined;
  readonly code: string;
}

function blocksOf({ text }: Page): Block[] {
  return [...text.matchAll(/^```(js|ts|json)\b([^\n]*)\n(.*?)^```/gms)].map(
    ([, language, info = '', code = '']) => ({
      language: language as Block['language'],
      title: /title="([^"]+)"/.exec(info)?.[1],
      code,
    }),
  );
}

/** Files that a page shows with their names, such as `config/seek-pass/short-course.json`. */
function namedFilesOf(page: Page): ReadonlyMap<string, unknown> {
  return new Map(
    blocksOf(page).flatMap(({ language, title, code }) =>
      language === 'json' && title !== undefined ? [[title, JSON.parse(code) as unknown] as const] : [],
    ),
  );
}

/** What a `config/plugins.js` gives the plugin. */
function pluginConfigIn(code: string, files: ReadonlyMap<string, unknown>): unknown {
  const module: { exports: (tools: { readonly env: () => string }) => Record<string, { config: unknown }> } =
    { exports: () => ({}) };
  const require = (path: string) => files.get(join('config', path)) ?? expect.fail(`no ${path} on the page`);
  runInNewContext(code, { module, require });
  // A value of another context is no plain object here.
  return structuredClone(module.exports({ env: () => '' })[pluginId]?.config);
}

function mistakesOf(code: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(code, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext, allowJs: true },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

function leadsSomewhere(folder: string, name: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(folder, name) : join(folder, path);
  if (!existsSync(target)) return false;
  return anchor === undefined || anchorsOf(target).has(anchor);
}

/** The anchors of a page's headings, as the site makes them. */
function anchorsOf(path: string): ReadonlySet<string> {
  const headings = readFileSync(path, 'utf8').matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}
