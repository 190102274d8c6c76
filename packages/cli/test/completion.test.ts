import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { seekPass, temporaryFile } from './seek-pass-process.ts';

test.each([
  ['st', 'status'],
  ['withdraw --re', '--reason'],
  ['withdraw A-1 --reason wrong_r', 'wrong_recipient'],
  ['completion f', 'fish'],
  ['award file.csv --dry', '--dry-run'],
  ['audit ver', 'verify'],
  ['audit show --ab', '--about'],
])('bash completes "seek-pass %s"', async (typed, completed) => {
  const { stdout } = await seekPass(['completion', 'bash']);
  const script = await temporaryFile('completion.sh', stdout);
  const words = ['seek-pass', ...typed.split(' ')];
  const shell = spawnSync('bash', [
    '-c',
    `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _seek_pass; echo "\${COMPREPLY[@]}"`,
    'bash',
    script,
    ...words,
  ]);
  expect(shell.stdout.toString().trim()).toBe(completed);
});

test.each(['bash', 'zsh', 'fish'])('%s gets every command', async (shell) => {
  const { code, stdout } = await seekPass(['completion', shell]);
  expect(code).toBe(0);
  for (const command of ['award', 'serve', 'status', 'init', 'sandbox', 'validate', 'try']) {
    expect(stdout).toContain(command);
  }
});

test('another shell is wrong usage', async () => {
  const { code, stderr } = await seekPass(['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(stderr).toContain('bash, zsh, fish');
});
