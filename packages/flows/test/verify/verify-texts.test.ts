import { expect, test } from 'vitest';
import { locales } from '../../src/languages/locale.ts';
import { type VerifyTextKey, verifyTexts } from '../../src/verify/pages/verify-texts.ts';

const keys = Object.keys(verifyTexts.en) as VerifyTextKey[];
const places = (text: string) => [...new Set(text.match(/\{[^}]*\}/g))];

test.each(locales)(
  'the texts in %s have the same places for the institution as the English ones',
  (locale) => {
    const placesIn = (texts: (typeof verifyTexts)[typeof locale]) =>
      Object.fromEntries(keys.map((key) => [key, places(texts[key])]));
    expect(placesIn(verifyTexts[locale])).toEqual(placesIn(verifyTexts.en));
  },
);

test.each(locales)('no text in %s is empty, and no title has markup: it stands in the tab', (locale) => {
  const texts = verifyTexts[locale];
  expect(keys.filter((key) => texts[key].trim() !== texts[key] || texts[key] === '')).toEqual([]);
  expect(keys.filter((key) => key.endsWith('Title') && texts[key].includes('{'))).toEqual([]);
});
