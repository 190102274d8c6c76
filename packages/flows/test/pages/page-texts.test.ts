import { describe, expect, test } from 'vitest';
import { locales } from '../../src/languages/locale.ts';
import { pageTexts, type TextKey } from '../../src/pages/page-texts.ts';

const english = pageTexts.en;
const keys = Object.keys(english) as TextKey[];
const placeholder = /\{[A-Za-z]+\}/g;

describe.each(locales)('the words in %s', (locale) => {
  const texts = pageTexts[locale];

  test('are all there and no more', () => {
    expect(Object.keys(texts)).toEqual(keys);
  });

  test('have the placeholders of the English ones', () => {
    const differing = keys.filter((key) => placeholdersOf(texts[key]) !== placeholdersOf(english[key]));
    expect(differing).toEqual([]);
  });

  test('are clean: no markup, no outer or double space, no stray brace, no dots for an ellipsis', () => {
    const unclean = keys.filter((key) => {
      const text = texts[key].replaceAll(placeholder, 'x');
      return text !== text.trim().normalize('NFC') || /[<>{}&]| {2}|\.\.\.|\n/.test(text);
    });
    expect(unclean).toEqual([]);
  });
});

describe.each(locales.filter((locale) => locale !== 'en'))('the translation into %s', (locale) => {
  const texts = pageTexts[locale];

  test('leaves nothing in English', () => {
    expect(keys.filter((key) => texts[key] === english[key])).toEqual([]);
  });

  test('keeps numbers, and SEEK Pass stays SEEK Pass', () => {
    const lost = keys.filter((key) =>
      (english[key].match(/SEEK Pass|\d+/g) ?? []).some((kept) => !texts[key].includes(kept)),
    );
    expect(lost).toEqual([]);
  });
});

test.each(['th', 'zh-Hant'] as const)('no English word is left in %s', (locale) => {
  const allowed = new RegExp(`${placeholder.source}|SEEK Pass|Cookie`, 'g');
  const mixed = keys.filter((key) => /[A-Za-z]/.test(pageTexts[locale][key].replaceAll(allowed, '')));
  expect(mixed).toEqual([]);
});

test('nobody is told that they declined when it only was not finished', () => {
  const declined = {
    en: /declin/i,
    id: /nolak/i,
    ms: /nolak/i,
    th: /ปฏิเสธ/,
    vi: /từ chối/i,
    'zh-Hant': /拒絕/,
  };
  for (const locale of locales) {
    expect(pageTexts[locale].standingDeclined).toMatch(declined[locale]);
    expect(pageTexts[locale].standingClosed).not.toMatch(declined[locale]);
    expect(pageTexts[locale].againClosed).not.toMatch(declined[locale]);
  }
});

function placeholdersOf(text: string): string {
  return [...new Set(text.match(placeholder))].toSorted().join();
}
