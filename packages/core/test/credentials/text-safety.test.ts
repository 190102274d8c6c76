import { describe, expect, test } from 'vitest';
import { hasUnsafeCharacters, isBlank, looksLikeWebAddress } from '../../src/credentials/text-safety.ts';

describe('unsafe characters', () => {
  test.each([
    ['a new line', 'A\nB'],
    ['a tab', 'A\tB'],
    ['NUL', 'A\u0000'],
    ['a C1 control', 'A\u0085'],
    ['a right-to-left override', 'A\u202eB'],
    ['a left-to-right embedding', 'A\u202aB'],
    ['an isolate', 'A\u2066B'],
    ['a line separator', 'A\u2028B'],
    ['a byte order mark', '\ufeffA'],
    ['half of a surrogate pair', 'A\ud800'],
  ])('%s is refused', (_name, text) => expect(hasUnsafeCharacters(text)).toBe(true));

  test.each([
    ['ZWNJ, as in Persian', 'علی\u200cرضا'],
    ['ZWJ, as in Sinhala', 'ක්\u200dෂ'],
    ['a right-to-left mark', 'محمد\u200f'],
    ['a zero width space, as in Khmer', 'សុខ\u200bសាន្ត'],
    ['letters outside the first plane', '𠮷野'],
    ['combining marks', 'Nguye\u0302\u0303n'],
  ])('%s is kept', (_name, text) => expect(hasUnsafeCharacters(text)).toBe(false));

  test.each(['', ' ', '\u00a0', '\u3000', '\u200d', ' \u200b '])('%j is blank', (text) =>
    expect(isBlank(text)).toBe(true),
  );
  test.each(['X', '王', '-'])('%j is not blank', (text) => expect(isBlank(text)).toBe(false));
});

describe('web addresses in names', () => {
  test.each([
    'https://evil.example/x',
    'Win at evil.com',
    'EVIL.COM',
    'www.evil.th',
    'Call tel:123',
    'javascript:alert(1)',
    'a@evil.org',
    'mail someone@mail.evil.vn now',
    'claim-here.tk',
    'evil．com',
    'evil。com',
    'See bit.ly/abc',
  ])('%j is one', (name) => expect(looksLikeWebAddress(name)).toBe(true));

  test.each([
    'Suharto',
    "Aoife O'Brien-Smith",
    'J.R.R. Tolkien',
    'J.R.Tolkien',
    'Md.Rahim',
    'Ma.Theresa Cruz',
    'Raj a/l Kumar',
    'Siva s/o Raju',
    'Tan Ah Kow @ Tan Beng',
    'น.ส.สมหญิง ใจดี',
    'นพ.สมชาย ใจดี',
    'José María Ñ. Pérez Jr.',
    'Martin Luther King, Jr.',
    '王小明',
    'محمد علي',
    'St. John',
  ])('%j is a name', (name) => expect(looksLikeWebAddress(name)).toBe(false));
});
