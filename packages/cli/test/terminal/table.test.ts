import { expect, test } from 'vitest';
import { tableLines } from '../../src/terminal/table.ts';
import { textWidth } from '../../src/terminal/text-width.ts';

const columns = [
  { title: 'Row', align: 'right' },
  { title: 'Learner', maxWidth: 12 },
  { title: 'Link' },
] as const;
const link = 'http://127.0.0.1:4010/partner/add/microcredential#clientId=sandbox-1&content=2';
const rows = [
  ['2', '欧阳静怡', link],
  ['10', 'Nguyễn Thị Thảo Vy'.normalize('NFD'), link],
  ['100', 'ณัฐวุฒิ', link],
];

test('every link begins at the same column, whatever the script of the name', () => {
  const lines = tableLines(columns, rows, { columns: 200 });
  const starts = lines.slice(1).map((line) => textWidth(line.slice(0, line.indexOf('http'))));
  expect(new Set(starts).size).toBe(1);
});

test('in a narrow terminal the link stands whole on a line of its own', () => {
  const lines = tableLines(columns, rows, { columns: 80 });
  for (const line of lines.slice(1)) expect(line.split('\n')[1]?.trim()).toBe(link);
});

test('a file or a pipe gets one line a row and nothing is cut', () => {
  const lines = tableLines(columns, rows, { columns: undefined });
  expect(lines.join('\n').split('\n')).toHaveLength(4);
  expect(lines[2]).toContain('Nguyễn Thị Thảo Vy'.normalize('NFD'));
});

test('a name cannot move the cursor, colour the screen or turn the text around', () => {
  const [, line] = tableLines(columns, [['2', '\u001B[2J\u202Etxt', 'x']], { columns: undefined });
  expect(line).not.toContain('\u001B');
  expect(line).not.toContain('\u202E');
});
