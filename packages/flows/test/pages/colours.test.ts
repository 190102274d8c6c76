import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, inkOn, readableOn, textContrast } from '../../src/pages/colours.ts';
import { styleHash, styleSheet } from '../../src/pages/style-sheet.ts';

const colours = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

test('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#ffffff', '#777777')).toBeCloseTo(4.48, 2);
});

test('whatever colour an institution has, buttons, links and headers can be read in light and in dark', () => {
  fc.assert(
    fc.property(colours, (colour) => {
      expect(contrast(inkOn(colour), colour)).toBeGreaterThanOrEqual(textContrast);
      const sheet = styleSheet({ name: 'Example University', colour });
      const [light = '', dark = ''] = sheet.split('@media(prefers-color-scheme:dark)');
      for (const theme of [light, dark]) {
        const link = valueOf(theme, 'link');
        for (const ground of ['ground', 'card'])
          expect(contrast(link, valueOf(theme, ground))).toBeGreaterThanOrEqual(textContrast);
      }
    }),
    { numRuns: 300, examples: [['#ffffff'], ['#000000'], ['#ffff00'], ['#777777']] },
  );
});

test('a colour that can be read stays as it is; another one keeps its tone', () => {
  expect(readableOn('#ffffff', '#0b5fff', '#000000')).toBe('#0b5fff');
  const shade = readableOn('#ffffff', '#ffd54a', '#000000');
  const [red = 0, , blue = 0] = [1, 3, 5].map((at) => Number.parseInt(shade.slice(at, at + 2), 16));
  expect(red).toBeGreaterThan(2 * blue);
});

test('text of every other kind can be read on every ground it stands on', () => {
  const [light = '', dark = ''] = styleSheet({ name: 'Example University' }).split(
    '@media(prefers-color-scheme:dark)',
  );
  for (const theme of [light, dark])
    for (const [text, ground] of [
      ['ink', 'ground'],
      ['ink', 'card'],
      ['ink', 'soft'],
      ['ink', 'warn'],
      ['quiet', 'ground'],
      ['quiet', 'card'],
      ['bad', 'card'],
    ] as const)
      expect(
        contrast(valueOf(theme, text), valueOf(theme, ground)),
        `${text} on ${ground}`,
      ).toBeGreaterThanOrEqual(textContrast);
});

test('the style sheet of a brand is always the same, and nothing is loaded by it', () => {
  const sheets = [undefined, '#0b5fff'].map((colour) =>
    styleSheet({ name: 'Example University', ...(colour !== undefined && { colour }) }),
  );
  expect(new Set(sheets).size).toBe(2);
  for (const sheet of sheets) expect(sheet).not.toMatch(/url\(|@import|<|expression/i);
  expect(styleHash({ name: 'a' })).toBe(styleHash({ name: 'b' }));
  expect(styleHash({ name: 'a' })).toMatch(/^'sha256-[A-Za-z0-9+/]{43}='$/);
});

function valueOf(theme: string, name: string): string {
  return new RegExp(`--${name}:(#[0-9a-f]{6})`).exec(theme)?.[1] ?? '';
}
