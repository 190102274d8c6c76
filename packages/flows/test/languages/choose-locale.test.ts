import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseLocale, nearestLocale } from '../../src/languages/choose-locale.ts';
import { locales } from '../../src/languages/locale.ts';

test.each([
  ['en', 'en'],
  ['en-AU', 'en'],
  ['id', 'id'],
  ['in', 'id'],
  ['in_ID', 'id'],
  ['ms-MY', 'ms'],
  ['zsm', 'ms'],
  ['ms-Arab', 'ms'],
  ['th-TH-u-ca-gregory', 'th'],
  ['VI', 'vi'],
  ['zh', 'zh-Hant'],
  ['zh-TW', 'zh-Hant'],
  ['zh-HK', 'zh-Hant'],
  ['zh_Hant_MO', 'zh-Hant'],
  ['zh-Hans-SG', 'zh-Hant'],
  ['zh-CN', 'zh-Hant'],
  ['cmn-TW', 'zh-Hant'],
])('readers of %s get %s', (tag, locale) => {
  expect(nearestLocale(tag)).toBe(locale);
});

test.each(['fr', 'tl', 'und', '', '*', 'e', 'english please', `en-${'x'.repeat(40)}`, '../en'])(
  '%j is no language of ours',
  (tag) => {
    expect(nearestLocale(tag)).toBeUndefined();
  },
);

test('the dearest wish that we speak counts, then the institution', () => {
  const all = { asked: 'th', recipient: 'vi', acceptLanguage: 'ms', fallback: 'id' };
  expect(chooseLocale(all)).toBe('th');
  expect(chooseLocale({ ...all, asked: 'fr' })).toBe('vi');
  expect(chooseLocale({ ...all, asked: undefined, recipient: undefined })).toBe('ms');
  expect(chooseLocale({ acceptLanguage: 'fr-CH, de', fallback: 'id' })).toBe('id');
  expect(chooseLocale({ fallback: 'klingon' })).toBe('en');
});

test.each([
  ['fr-CH, th;q=0.9, en;q=0.8, *;q=0.5', 'th'],
  ['en;q=0.2, vi;q=0.7', 'vi'],
  ['vi, th', 'vi'],
  ['th;q=0, ms;q=0.1', 'ms'],
  ['th; Q=0.3 , zh-TW ; q=0.4', 'zh-Hant'],
  ['th;q=2, ms', 'ms'],
  ['*', 'id'],
  [',;,q=1;;', 'id'],
])('a browser that wants "%s" gets %s', (acceptLanguage, locale) => {
  expect(chooseLocale({ acceptLanguage, fallback: 'id' })).toBe(locale);
});

test('whatever comes, a language of ours comes out', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.string(),
      fc.string(),
      (asked, recipient, acceptLanguage, fallback) => {
        expect(locales).toContain(chooseLocale({ asked, recipient, acceptLanguage, fallback }));
      },
    ),
  );
});
