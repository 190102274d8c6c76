import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const page = await readFile(new URL('apps/docs/docs/flows/security.md', root), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (---|\| What|What could)/.test(line));

/** The tests that a text names: `file` and “name”. */
function testsIn(text) {
  return [...text.matchAll(/`([^`]+\.test\.ts)` “(.+?)”(?=;| \|)/g)].map(([, file = '', name = '']) => [
    file,
    name,
  ]);
}

test('every line names a test that guards it', () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((row) => testsIn(row).length === 0)).toEqual([]);
  expect(testsIn(page)).toHaveLength(page.split('.test.ts`').length - 1);
});

test.each(testsIn(page))('%s has a test whose name begins: %s', async (file, name) => {
  const path = file.startsWith('packages/') ? file : `packages/flows/test/${file}`;
  const code = await readFile(new URL(path, root), 'utf8');
  const written = code.replaceAll(String.raw`\u2019`, '’');
  expect([`'${name}`, `\`${name}`].some((literal) => written.includes(literal))).toBe(true);
});

test('every rule about awards, claims, files, mails and stored data has a line', () => {
  const numbers = new Set(rows.map((row) => Number(/^\| (\d+) \|/.exec(row)?.[1] ?? 0)));
  for (const rule of [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22])
    expect(numbers).toContain(rule);
});
