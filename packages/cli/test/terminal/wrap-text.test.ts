import { expect, test } from 'vitest';
import { wrapAfter, wrapText } from '../../src/terminal/wrap-text.ts';

test('lines break between words and are as long as they may be', () => {
  expect(wrapText('one two three four', 9)).toEqual(['one two', 'three', 'four']);
});

test('a word that is too long stays whole, so that it can be copied', () => {
  expect(wrapText('see https://credentials.example.edu/claim now', 10)).toEqual([
    'see',
    'https://credentials.example.edu/claim',
    'now',
  ]);
});

test('wide characters count as two columns', () => {
  expect(wrapText('歐陽 靜怡', 8)).toEqual(['歐陽', '靜怡']);
});

test('puts what belongs in front before the first line, and space before the others', () => {
  expect(wrapAfter('  1  ', 'records of awards, which are kept', 28)).toEqual([
    '  1  records of awards,',
    '     which are kept',
  ]);
  expect(wrapAfter('  1  ', 'records of awards, which are kept', undefined)).toEqual([
    '  1  records of awards, which are kept',
  ]);
});
