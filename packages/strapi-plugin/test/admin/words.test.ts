import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { locales } from '@seek-pass-kit/flows';
import { createIntl } from 'react-intl';
import { describe, expect, test } from 'vitest';
import { en } from '../../admin/src/translations/en/index.ts';
import { languages } from '../../admin/src/translations/languages.ts';
import { loadWords } from '../../admin/src/translations/load-words.ts';
import { isTyped } from '../../admin/src/words/is-typed.ts';

const adminFolder = join(import.meta.dirname, '../../admin/src');
const englishFolder = join(adminFolder, 'translations/en');
const english: Readonly<Record<string, string>> = en;

const translations = Object.keys(languages).filter((locale) => locale !== 'en');

/** Names, and texts of placeholders alone. */
const sameEverywhere = new Set([
  'SEEK Pass',
  'seek-pass-awards.csv',
  '{what}',
  '{when, date, medium}',
  '{state} ({count, number})',
  '{contentType}',
  '{contentType} → {relation}',
]);
/** English words that are words of the language too. */
const sameIn: Readonly<Record<string, readonly string[]>> = {
  id: ['Logo'],
  ms: ['Logo', 'Import'],
  vi: ['Logo'],
};

const { formatters } = createIntl({ locale: 'en' });

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

  test('every language of the claim pages is there, by the name that Strapi has for it', () => {
    const inStrapi = locales.map((locale) => (locale === 'zh-Hant' ? 'zh' : locale));
    expect(Object.keys(languages).toSorted()).toEqual([...inStrapi].toSorted());
  });

  test.each(Object.keys(languages))('%s has every text, with the same placeholders', async (locale) => {
    const translated = await wordsOf(locale);
    expect(Object.keys(translated).toSorted()).toEqual(Object.keys(english).toSorted());
    const differing = Object.entries(english).filter(
      ([key, text]) => placeholders(translated[key] ?? '', locale).join() !== placeholders(text, 'en').join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test.each(Object.keys(languages))(
    '%s has no text that is empty or has a blank at its ends',
    async (locale) => {
      const translated = await wordsOf(locale);
      expect(Object.keys(translated).filter((key) => !/^\S(.*\S)?$/u.test(translated[key] ?? ''))).toEqual(
        [],
      );
    },
  );

  test.each(Object.keys(languages))('%s has the plurals of its grammar', async (locale) => {
    const grammar = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const [key, text] of Object.entries(await wordsOf(locale))) {
      const needless = pluralsOf(text, locale).filter(
        (plural) => !plural.startsWith('=') && !grammar.includes(plural as Intl.LDMLPluralRule),
      );
      expect({ key, needless }).toEqual({ key, needless: [] });
    }
  });

  test.each(translations)('%s has no English text left', async (locale) => {
    const translated = await wordsOf(locale);
    const same = Object.keys(english).filter(
      (key) => translated[key] === english[key] && !sameEverywhere.has(english[key] ?? ''),
    );
    expect(same.filter((key) => !(sameIn[locale] ?? []).includes(english[key] ?? ''))).toEqual([]);
  });

  test.each(Object.keys(languages))(
    'security rule 13: %s names the word to type before a withdrawal',
    async (locale) => {
      const translated = await wordsOf(locale);
      const word = translated['awards.withdraw.word'] ?? '';
      // Of letters that a keyboard has, and the word on the button.
      expect(word).toMatch(/^[\p{L}\p{M} ]+$/u);
      expect(translated['awards.withdraw']?.toLowerCase()).toBe(word);
      const asked = formatters
        .getMessageFormat(translated['awards.withdraw.type'] ?? '', locale)
        .format({ word });
      expect(asked).toContain(word);
      expect(isTyped(word, ` ${word.toUpperCase().normalize('NFD')}`)).toBe(true);
      expect(isTyped(word, word.slice(0, -1))).toBe(false);
    },
  );

  test('a language without texts gives none, so that Strapi shows English', async () => {
    expect(await loadWords(['xx'])).toEqual([{ locale: 'xx', data: {} }]);
  });
});

/** The texts of one language without the name of the plugin before each key. */
async function wordsOf(locale: string): Promise<Record<string, string>> {
  const [translation] = await loadWords([locale]);
  return Object.fromEntries(
    Object.entries(translation?.data ?? {}).map(([key, text]) => [key.replace(/^seek-pass\./, ''), text]),
  );
}

/** A piece of an ICU message: a text, a placeholder, or a choice with the pieces of each of its options. */
interface MessagePart {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly MessagePart[] }>>;
}

// As the parser numbers them.
const plainText = 0;
const plural = 6;
const hash = 7;

/** The pieces that are no plain text, at every depth; fails when the text is no ICU message. */
function partsOf(text: string, locale: string): MessagePart[] {
  const within = (pieces: readonly MessagePart[]): MessagePart[] =>
    pieces.flatMap((part) => [
      part,
      ...Object.values(part.options ?? {}).flatMap(({ value }) => within(value)),
    ]);
  return within(formatters.getMessageFormat(text, locale).getAst()).filter(
    ({ type }) => type !== plainText && type !== hash,
  );
}

/** The placeholders with their kinds: `count` as a number is not `count` as a plural. */
function placeholders(text: string, locale: string): string[] {
  return [...new Set(partsOf(text, locale).map(({ type, value }) => `${String(value)} ${type}`))].toSorted();
}

/** `one` and `=0` of `{count, plural, =0 {…} one {…} other {…}}`. */
function pluralsOf(text: string, locale: string): string[] {
  return partsOf(text, locale).flatMap(({ type, options = {} }) =>
    type === plural ? Object.keys(options) : [],
  );
}
