import { readFile } from 'node:fs/promises';
import { credentialTypes } from '@seek-pass-kit/core';
import { expect, test } from 'vitest';
import { fieldColumns } from '@seek-pass-kit/flows/bulk';
import { exitCodes } from '../src/exit-codes.ts';

const page = (name: string): Promise<string> =>
  readFile(new URL(`../../../apps/docs/docs/cli/${name}.md`, import.meta.url), 'utf8');

test('the page on files lists exactly the columns there are', async () => {
  const text = await page('validate');
  for (const type of credentialTypes) {
    const columns = fieldColumns[type];
    const line = text.split('\n').find((one) => one.startsWith(`| \`${type}\` |`));
    const expected = columns
      ?.map(({ name, required }) => (required ? `**\`${name}\`**` : `\`${name}\``))
      .join(' ');
    expect(line).toBe(expected === undefined ? undefined : `| \`${type}\` | ${expected} |`);
  }
});

test('the page on the command line lists every exit code', async () => {
  const text = await page('index');
  for (const code of Object.values(exitCodes)) expect(text).toContain(`  | ${code} | `);
});
