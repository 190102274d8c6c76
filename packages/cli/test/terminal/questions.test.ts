import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createQuestions } from '../../src/terminal/questions.ts';

test('a question that nobody can answer any more, after Ctrl+D, stops the command and says so', async () => {
  const input = new PassThrough() as unknown as NodeJS.ReadStream;
  const output = new PassThrough().resume() as unknown as NodeJS.WriteStream;
  const before = process.listenerCount('beforeExit');
  const asked = createQuestions(input, output).text({ message: 'Type "erase" to do it' });
  asked.catch(() => undefined);
  await expect.poll(() => process.listenerCount('beforeExit')).toBe(before + 1);
  process.emit('beforeExit', 0);
  await expect(asked).rejects.toMatchObject({ code: 'stopped' });
  expect(process.listenerCount('beforeExit')).toBe(before);
});
