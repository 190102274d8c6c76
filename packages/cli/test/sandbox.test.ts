import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { seekPass, startSeekPass, temporaryFile } from './seek-pass-process.ts';

test('--json prints one line with six members, and the documented calls work against it', async () => {
  const program = startSeekPass(['sandbox', '--port', '0', '--json']);
  const ready = JSON.parse(await program.nextLine()) as Record<string, string>;
  expect(Object.keys(ready).sort()).toEqual(
    ['baseUrl', 'clientId', 'clientSecret', 'controlUrl', 'inboxUrl', 'smtpPort'].sort(),
  );
  const { baseUrl = '', clientId = '', clientSecret = '' } = ready;
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'write.education',
  };
  const answer = await fetch(`${baseUrl}/api/partner/v1/oauth/token.json`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  expect(answer.status).toBe(200);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s closes it in order', async (signal) => {
  const program = startSeekPass(['sandbox', '--port', '0', '--json']);
  const { baseUrl } = JSON.parse(await program.nextLine()) as { baseUrl: string };
  expect(await program.stop(signal)).toBe(0);
  await expect(fetch(baseUrl)).rejects.toThrow('fetch failed');
});

test('people get the addresses, the settings to paste, and how to end it', async () => {
  const program = startSeekPass(['sandbox', '--port', '0']);
  let text = '';
  while (!text.includes('Ctrl+C')) text += `${await program.nextLine()}\n`;
  for (const part of ['Partner API', 'Mail inbox', 'Control panel', 'export SEEK_PASS_CLIENT_SECRET=']) {
    expect(text).toContain(part);
  }
});

test('--persist keeps the client over a restart', async () => {
  const file = await temporaryFile('state.json', '');
  const args = ['sandbox', '--port', '0', '--json', '--persist', `${file}.kept`];
  const first = startSeekPass(args);
  const before = JSON.parse(await first.nextLine()) as { clientId: string };
  await first.stop('SIGTERM');
  const after = JSON.parse(await startSeekPass(args).nextLine()) as { clientId: string };
  expect(after.clientId).toBe(before.clientId);
});

test('a state file that is none is not written over', async () => {
  const file = await temporaryFile('state.json', 'my notes');
  const { code, stderr } = await seekPass(['sandbox', '--port', '0', '--persist', file]);
  expect(code).toBe(2);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(await readFile(file, 'utf8')).toBe('my notes');
});

test('a port that is taken, and NODE_ENV=production, stop it with a sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const port = Math.min((other.address() as AddressInfo).port, 65_533);
  const taken = await seekPass(['sandbox', '--port', String(port)]);
  expect(taken.code).toBe(2);
  expect(taken.stderr).toContain(String(port));
  const production = await seekPass(['sandbox', '--port', '0'], { settings: { NODE_ENV: 'production' } });
  expect(production.code).toBe(2);
  expect(production.stderr).toContain('NODE_ENV');
});
