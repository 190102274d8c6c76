import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { en } from '../../admin/src/translations/en/index.ts';
import { languages } from '../../admin/src/translations/languages.ts';
import { loadWords } from '../../admin/src/translations/load-words.ts';

const adminFolder = join(import.meta.dirname, '../../admin/src');
const englishFolder = join(adminFolder, 'translations/en');
const english: Readonly<Record<string, string>> = en;

const sources = readdirSync(adminFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('translations'))
  .map((file) => readFileSync(join(adminFolder, file), 'utf8'));

const parts = readdirSync(englishFolder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => basename(file, '.json'));

/** `'runs.title'` as it stands, and `runs.state.` of `` `runs.state.${state}` ``. */
const written = new Set<string>();
const begun = new Set<string>();
for (const source of sources) {
  for (const [, key = ''] of source.matchAll(/['"]([a-z]+\.[\w.-]+)['"]/g)) written.add(key);
  for (const [, start = ''] of source.matchAll(/`([a-z]+\.[\w.-]*)\$\{/g)) begun.add(start);
}

describe('the texts of the administration', () => {
  test.each(parts)('each key of %s.json begins with the name of its file', (part) => {
    const words = JSON.parse(readFileSync(join(englishFolder, `${part}.json`), 'utf8')) as object;
    expect(Object.keys(words).filter((key) => !key.startsWith(`${part}.`))).toEqual([]);
    // And index.ts has the file.
    expect(english).toMatchObject(words);
  });

  test('every key that the sources use exists', () => {
    const used = [...written].filter((key) => parts.includes(key.split('.')[0] ?? ''));
    expect(used.filter((key) => !(key in english))).toEqual([]);
    const starts = [...begun].filter((start) => parts.includes(start.split('.')[0] ?? ''));
    expect(starts.filter((start) => !Object.keys(english).some((key) => key.startsWith(start)))).toEqual([]);
  });

  test('every text is used', () => {
    const unused = Object.keys(english).filter(
      (key) => !written.has(key) && ![...begun].some((start) => key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  test.each(Object.keys(languages))('%s has every text, with the same placeholders', async (locale) => {
    const [{ data } = { data: {} }] = await loadWords([locale]);
    const translated: Readonly<Record<string, string>> = data;
    expect(Object.keys(translated).toSorted()).toEqual(
      Object.keys(english)
        .map((key) => `seek-pass.${key}`)
        .toSorted(),
    );
    for (const [key, text] of Object.entries(english)) {
      const inItsLanguage = placeholders(translated[`seek-pass.${key}`] ?? '');
      expect({ key, placeholders: inItsLanguage }).toEqual({ key, placeholders: placeholders(text) });
    }
  });

  test('a language without texts gives none, so that Strapi shows English', async () => {
    expect(await loadWords(['xx'])).toEqual([{ locale: 'xx', data: {} }]);
  });
});

/** `count` of `{count}` and of `{count, plural, …}`. */
function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map(([, name = '']) => name))].toSorted();
}
