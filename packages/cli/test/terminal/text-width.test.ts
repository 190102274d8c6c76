import { expect, test } from 'vitest';
import { fitToWidth, padToWidth, textWidth } from '../../src/terminal/text-width.ts';

test.each([
  ['plain letters', 'Wulandari', 9],
  ['Chinese, two columns each', '欧阳静怡', 8],
  ['Korean syllables with a space', '남궁 서연', 9],
  ['Korean written as single letters', '김'.normalize('NFD'), 2],
  ['Vietnamese, one character a letter', 'Nguyễn', 6],
  ['Vietnamese, accents written apart', 'Nguyễn'.normalize('NFD'), 6],
  ['Thai: marks above and below take nothing, the vowel am takes one', 'น้ำ', 2],
  ['Thai name', 'ณัฐวุฒิ', 4],
  ['Arabic with a sign above', 'محمّد', 4],
  ['Persian with a zero width non-joiner', 'علی\u200Cرضا', 6],
  ['half-width and full-width forms', 'ｱＡ', 3],
  ['nothing', '', 0],
])('the width of %s', (_, text, width) => {
  expect(textWidth(text)).toBe(width);
});

test('a text is cut with an ellipsis and never takes more columns than it may', () => {
  expect(fitToWidth('Ludwig von und zu Falkenrath', 10)).toBe('Ludwig vo…');
  expect(textWidth(fitToWidth('欧阳静怡', 6))).toBeLessThanOrEqual(6);
  expect(fitToWidth('欧阳静怡', 8)).toBe('欧阳静怡');
});

test('cutting never takes the marks off a letter', () => {
  const cut = fitToWidth('Nguyễn Thị'.normalize('NFD'), 6);
  expect(cut.normalize('NFC')).toBe('Nguyễ…');
});

test('padding counts columns, not characters', () => {
  expect(padToWidth('王', 4)).toBe('王  ');
});
