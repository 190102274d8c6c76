import { expect, test } from 'vitest';
import { boxLines } from '../../src/terminal/box.ts';
import { textWidth } from '../../src/terminal/text-width.ts';
import { fakeTerminal } from './fake-terminal.ts';

const entries = [
  ['Partner API', 'http://127.0.0.1:4010'],
  ['名前', 'สมชาย'],
] as const;
const { bold, dim } = fakeTerminal({ environment: { FORCE_COLOR: '1' } }).terminal.colors;
const plain = (line: string): string => line.replaceAll(/\u001B\[\d+m/g, ''); // oxlint-disable-line no-control-regex -- colours are made of it

test('a box is straight, whatever is in it and however it is coloured', () => {
  const lines = boxLines('A title that is longer than the values are', entries, { columns: 80, bold, dim });
  expect(new Set(lines.map((line) => textWidth(plain(line)))).size).toBe(1);
});

test.each([40, undefined])(
  'where it would not fit (%s columns) there is no frame and nothing is cut',
  (columns) => {
    const lines = boxLines('A title', [['Link', `http://127.0.0.1/${'x'.repeat(60)}`]], {
      columns,
      bold,
      dim,
    });
    expect(lines.map(plain)).toEqual(['A title', `  Link  http://127.0.0.1/${'x'.repeat(60)}`]);
  },
);
