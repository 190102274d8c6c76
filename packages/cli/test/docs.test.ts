import { readFile } from 'node:fs/promises';
import type { Option } from 'commander';
import { credentialTypes } from '@seek-pass-kit/core';
import { expect, test } from 'vitest';
import { fieldColumns } from '@seek-pass-kit/flows/bulk';
import type { CommandContext } from '../src/command-context.ts';
import { csvTypes } from '../src/commands/options.ts';
import { exitCodes } from '../src/exit-codes.ts';
import { createProgram } from '../src/program.ts';
import { fakeTerminal } from './terminal/fake-terminal.ts';

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

const quietContext: CommandContext = {
  terminal: fakeTerminal().terminal,
  environment: {},
  who: 'cli:test',
  now: Date.now,
  stopped: () => new Promise(() => undefined),
};

const { commands } = createProgram(quietContext, () => undefined);

/** Those of its parts too: `webhooks list` is on the page of `webhooks`. */
const optionsOf = (command: (typeof commands)[number]): Option[] => {
  const options = [command, ...command.commands].flatMap((part) => part.options);
  return [...new Map(options.map((option) => [option.flags, option])).values()];
};

test.each(commands.map((command) => [command.name(), optionsOf(command)] as const))(
  'the page on %s lists exactly its options',
  async (name, options: readonly Option[]) => {
    const listed = (await page(name)).match(/^\| `--[^`]+` \|/gm) ?? [];
    expect(listed.sort()).toEqual(options.map(({ flags }) => `| \`${flags}\` |`).sort());
  },
);

test('the page on the command line links every command', async () => {
  const text = await page('index');
  for (const command of commands) expect(text).toContain(`](${command.name()}.md)`);
});

test('the lists that the help has apart are those of the libraries', () => {
  const types = Object.entries(fieldColumns).flatMap(([type, columns]) =>
    columns === undefined ? [] : [type],
  );
  expect(csvTypes).toEqual(types);
});
