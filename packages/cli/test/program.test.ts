import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { seekPass } from './seek-pass-process.ts';

test('--help shows the commands in groups, with a first step and the exit codes', async () => {
  const { code, stdout, stderr } = await seekPass(['--help']);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  for (const text of [
    'Try it out:',
    'Check before you send:',
    'Issue and follow:',
    'Set up:',
    'Start here:',
    'Exit codes:',
  ]) {
    expect(stdout).toContain(text);
  }
  expect(stdout).not.toContain('\u001B');
});

const commands = [
  'try',
  'sandbox',
  'validate',
  'init',
  'award',
  'serve',
  'status',
  'resend',
  'withdraw',
  'completion',
];

test.each(commands)('%s --help has examples and no option for a secret', async (command) => {
  const { code, stdout } = await seekPass([command, '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Examples:');
  expect(stdout).not.toMatch(/--\S*(secret|password)/);
});

test('without a command it shows the help and says that this is wrong usage', async () => {
  const { code, stdout, stderr } = await seekPass([]);
  expect(code).toBe(2);
  expect(stdout + stderr).toContain('Start here:');
});

test.each([
  ['an unknown command', ['validte', 'x.csv'], 'validate'],
  ['an unknown option', ['validate', 'x.csv', '--jsno'], '--json'],
  ['a type that does not exist', ['validate', 'x.csv', '--type', 'diploma'], 'microcredential'],
  ['a port that is none', ['sandbox', '--port', 'http'], '65533'],
  ['a missing file name', ['validate'], 'file'],
  ['a file of another format', ['validate', 'x.pdf'], '.csv'],
  ['a file that is not there', ['validate', 'nowhere.csv'], 'nowhere.csv'],
])('%s ends with 2 and one hint', async (_, args, hint) => {
  const { code, stdout, stderr } = await seekPass(args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(hint);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('FORCE_COLOR colours a pipe and NO_COLOR wins over it', async () => {
  const coloured = await seekPass(['validate', 'nowhere.csv'], { settings: { FORCE_COLOR: '1' } });
  const plain = await seekPass(['validate', 'nowhere.csv'], {
    settings: { FORCE_COLOR: '1', NO_COLOR: '1' },
  });
  expect(coloured.stderr).toContain('\u001B[');
  expect(plain.stderr).not.toContain('\u001B[');
});

test('a stack is shown on request only', async () => {
  const { stderr } = await seekPass(['validate', 'nowhere.csv'], { settings: { DEBUG: '1' } });
  expect(stderr).toMatch(/^\s+at /m);
});

test('the start loads no library but commander and picocolors, so that it is quick', async () => {
  const folder = new URL('../dist/', import.meta.url);
  const libraries = new Set<string>();
  const load = async (name: string): Promise<void> => {
    const text = await readFile(new URL(name, folder), 'utf8');
    for (const [, from = ''] of text.matchAll(/^(?:import|export)\b[^'"\n]*["']([^"']+)["'];$/gm)) {
      if (from.startsWith('./')) await load(from);
      else if (!from.startsWith('node:')) libraries.add(from);
    }
  };
  await load('seek-pass.mjs');
  expect([...libraries].sort()).toEqual(['commander', 'picocolors']);
});

test.each(['--dry-run', '--config=other.yaml', '--json'])(
  'erase %s before one of its parts is refused: it would change nothing there',
  async (option) => {
    const { code, stderr } = await seekPass(['erase', option, 'finish']);
    expect(code).toBe(2);
    expect(stderr).toContain(`Write ${option.split('=')[0]} after "finish"`);
  },
);
