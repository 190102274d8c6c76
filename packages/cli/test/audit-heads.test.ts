import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { appendHead, headText, readHeads } from '../src/auditing/heads-file.ts';
import { timeText } from '../src/auditing/time-text.ts';

const head = { issuer: 'default', number: 1, mac: 'a'.repeat(43), at: 0 };

async function openFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-heads-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'heads.jsonl');
}

test('heads are added to the file, one a line', async () => {
  const file = await openFile();
  await appendHead(file, head);
  await appendHead(file, { ...head, number: 2 });
  expect(await readFile(file, 'utf8')).toBe(headText(head) + headText({ ...head, number: 2 }));
});

test('a line that a full disk cut off takes no later one with it, and is told by its number', async () => {
  const file = await openFile();
  await appendHead(file, head);
  await appendHead(file, { ...head, number: 2 });
  const whole = headText(head).length;
  await truncate(file, whole + 20);
  await appendHead(file, { ...head, number: 3 });
  await expect(readHeads(file)).rejects.toThrow(/Line 2 of .* is no head/);
  const lines = (await readFile(file, 'utf8')).split('\n').filter((_, at) => at !== 1);
  await writeFile(file, lines.join('\n'));
  expect((await readHeads(file)).map(({ number }) => number)).toEqual([1, 3]);
});

test('a time that somebody made impossible is told as the number it is', () => {
  expect(timeText(0)).toBe('1970-01-01T00:00:00.000Z');
  expect(timeText(9e18)).toBe('9000000000000000000');
});
