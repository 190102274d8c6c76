import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { nearestLocale } from '../../src/languages/choose-locale.ts';
import { locales } from '../../src/languages/locale.ts';

const page = readFile(
  new URL('../../../../apps/docs/docs/flows/claim-page-texts.md', import.meta.url),
  'utf8',
);

test('the page on texts lists the languages there are, and whom each is for', async () => {
  const rows = [...(await page).matchAll(/^\| `([A-Za-z-]+)` \| [^|]+ \| ([^|]+) \|$/gm)];
  const documented = rows.filter(([, tag = '']) => locales.some((locale) => locale === tag));
  expect(documented.map(([, tag]) => tag)).toEqual([...locales]);
  for (const [, locale, readers = ''] of documented)
    for (const [, tag = ''] of readers.matchAll(/`([^`]+)`/g)) expect(nearestLocale(tag)).toBe(locale);
});
