import { createServer } from 'node:http';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { documentedScopes, SeekPass } from '@seek-pass-kit/core';
import { verifyWebhook } from '@seek-pass-kit/core/webhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandContext } from '../src/command-context.ts';
import { freePort } from '../src/free-port.ts';
import { rotateWebhook } from '../src/webhooks/rotate-webhook.ts';
import { type Issuer, setUpIssuer } from './issuer.ts';
import { type RunningProgram, startSeekPass } from './seek-pass-process.ts';
import { fakeTerminal } from './terminal/fake-terminal.ts';

/*
 * The webhooks of one issuer on a sandbox, with real processes over one embedded store, while `serve` runs. The tests build on each other.
 */

let issuer: Issuer;
let serve: RunningProgram | undefined;
let receiver: string;
let ready: string;

beforeAll(async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  receiver = `${origin}/webhooks/seek-pass`;
  issuer = await setUpIssuer(`${origin}/claim`);
  await appendFile(join(issuer.folder, 'seek-pass.config.yaml'), '\nwebhooks: {}\n');
  serve = startSeekPass(['serve', '--json'], { folder: issuer.folder, quiet: true, lasting: true });
  ready = await serve.nextLine();
}, 120_000);

afterAll(async () => {
  await serve?.stop('SIGTERM');
  await issuer.close();
});

const webhooks = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await issuer.run('webhooks', ...args);
  return { code, lines: stdout.trimEnd().split('\n'), stderr };
};
const first = ({ lines }: { lines: readonly string[] }): unknown => JSON.parse(lines[0] ?? 'null');

test('serve says where it receives events', () => {
  expect(JSON.parse(ready)).toMatchObject({ parts: { Webhooks: receiver } });
});

test('create leaves a webhook alone whose secret another system may hold, unless somebody says so', async () => {
  const { baseUrl, clientId, clientSecret } = issuer.sandbox;
  const scopes = documentedScopes;
  const other = new SeekPass({ environment: 'sandbox', baseUrl, clientId, clientSecret, scopes });
  const { id } = await other.webhooks.create({ url: receiver });
  const { code, lines, stderr } = await webhooks('create', '--json');
  expect({ code, said: JSON.parse(lines[0] ?? '') }).toMatchObject({
    code: 3,
    said: { outcome: 'secret_unknown', endpointId: id },
  });
  expect(stderr).toContain('--rotate');
  expect((await webhooks('list')).lines.join('\n')).toContain('seek-pass webhooks rotate');
  await other.webhooks.delete(id);
  await other.close();
}, 60_000);

test('list says what is missing, create mends it, and doing it again makes no second one', async () => {
  const missing = await webhooks('list');
  expect(missing.code).toBe(1);
  expect(missing.lines.join('\n')).toContain('seek-pass webhooks create');
  const created = await webhooks('create', '--name', 'Campus', '--json');
  expect({ code: created.code, said: first(created) }).toMatchObject({
    code: 0,
    said: { outcome: 'created', url: receiver },
  });
  expect(first(await webhooks('create', '--json'))).toMatchObject({ outcome: 'known' });
  const listed = await webhooks('list', '--json');
  expect(listed.code).toBe(0);
  expect(first(listed)).toMatchObject({
    receiver,
    ready: true,
    endpoints: [{ name: 'Campus', ours: true, atSeekPass: true, secretHeld: true }],
    events: { waiting: 0, parked: 0, dead: 0 },
  });
  expect(issuer.sandbox.control.webhooks.endpoints()).toHaveLength(1);
}, 60_000);

test('serve learns of the secret that another process stored, and takes what trigger makes up', async () => {
  const trigger = async () => (await webhooks('trigger', 'vwsp_request.verified')).code;
  await expect.poll(trigger, { timeout: 60_000, interval: 500 }).toBe(0);
}, 60_000);

test('trigger makes up events that serve takes, several times and in another order', async () => {
  const args = ['vwsp_request.verified', '--request-id', 'r-1', 'r-2', '--duplicate', '2', '--reorder'];
  const { code, lines } = await webhooks('trigger', ...args, '--delay', '10ms', '--json');
  const sent = lines.map((line) => JSON.parse(line) as { requestId: string; status: number });
  expect(code).toBe(0);
  expect(sent.map(({ requestId, status }) => [requestId, status])).toEqual([
    ['r-2', 204],
    ['r-2', 204],
    ['r-1', 204],
    ['r-1', 204],
  ]);
  const unknown = await webhooks('trigger', 'vwsp_request.reopened');
  expect(unknown.lines[0]).toMatch(/^204 {2}vwsp_request\.reopened/);
}, 60_000);

test('the sandbox itself reaches serve', async () => {
  issuer.sandbox.control.webhooks.trigger({ type: 'vwsp_request.verified' });
  await issuer.sandbox.control.webhooks.idle();
  expect(issuer.sandbox.control.webhooks.deliveries()[0]).toMatchObject({ state: 'delivered' });
}, 60_000);

test('rotate wants a word, and events that are signed anew go on coming in', async () => {
  const unsaid = await webhooks('rotate');
  expect(unsaid.code).toBe(3);
  expect(unsaid.stderr).toContain('--yes');
  const rotated = await webhooks('rotate', '--yes', '--json');
  expect({ code: rotated.code, said: first(rotated) }).toMatchObject({
    code: 0,
    said: { outcome: 'rotated' },
  });
  await expect
    .poll(
      async () => {
        issuer.sandbox.control.webhooks.trigger({ type: 'vwsp_request.verified' });
        await issuer.sandbox.control.webhooks.idle();
        return issuer.sandbox.control.webhooks.deliveries()[0]?.state;
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe('delivered');
}, 90_000);

test('a person who types another word rotates nothing', async () => {
  const { terminal } = fakeTerminal();
  const context: CommandContext = {
    terminal,
    environment: {},
    questions: {
      text: () => Promise.resolve('yes'),
      secret: () => Promise.reject(new Error('No secret is needed.')),
      choice: () => Promise.reject(new Error('Nothing is to be chosen.')),
      confirm: () => Promise.reject(new Error('A key is too little.')),
    },
    who: 'cli:test',
    now: Date.now,
    stopped: () => new Promise(() => undefined),
  };
  const config = join(issuer.folder, 'seek-pass.config.yaml');
  await expect(rotateWebhook({ config }, context)).rejects.toMatchObject({ code: 'not_confirmed' });
}, 60_000);

test('events that were given up are listed, and one that is not there is named', async () => {
  expect(await webhooks('dead', '--json')).toMatchObject({ code: 0, lines: [''] });
  const replayed = await webhooks('replay', 'no-such-event');
  expect(replayed.code).toBe(2);
  expect(replayed.stderr).toContain('seek-pass webhooks dead');
}, 60_000);

test('listen prints the events of the sandbox and passes them on with a signature that fits', async () => {
  const bodies: Array<{ body: string; headers: Record<string, string | string[] | undefined> }> = [];
  const target = createServer((incoming, outgoing) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (text: string) => (body += text));
    incoming.on('end', () => {
      bodies.push({ body, headers: incoming.headers });
      outgoing.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => {
    target.listen(0, '127.0.0.1', resolve);
  });
  const forwardTo = `http://127.0.0.1:${(target.address() as AddressInfo).port}/hooks`;
  const listening = startSeekPass(['webhooks', 'listen', '--forward-to', forwardTo, '--json'], {
    folder: issuer.folder,
  });
  const { secret } = JSON.parse(await listening.nextLine()) as { secret: string };
  issuer.sandbox.control.webhooks.trigger({ type: 'vwsp_request.canceled', requestIds: ['r-7'] });
  const seen = JSON.parse(await listening.nextLine()) as Record<string, unknown>;
  expect(seen).toMatchObject({ type: 'vwsp_request.canceled', requestId: 'r-7', status: 202 });
  const [{ body, headers } = { body: '', headers: {} }] = bodies;
  expect(verifyWebhook({ body, headers, secrets: secret }).event).toMatchObject({ request_id: 'r-7' });
  expect(await listening.stop('SIGINT')).toBe(0);
  expect(issuer.sandbox.control.webhooks.endpoints()).toHaveLength(1);
  target.close();
}, 60_000);

test('nothing is made up or listened to elsewhere than on the sandbox', async () => {
  const config = join(issuer.folder, 'staging.yaml');
  await appendFile(
    config,
    [
      'environment: staging',
      'clientId: university',
      'scopes: [write.microcredential]',
      'claimBaseUrl: https://credentials.example.edu/claim',
      'brand: { name: Example University }',
      'store: { postgres: {} }',
    ].join('\n'),
  );
  for (const args of [['trigger', 'vwsp_request.verified'], ['listen']]) {
    const { code, stderr } = await webhooks(...args, '--config', config);
    expect(code).toBe(2);
    expect(stderr).toContain('sandbox');
  }
  const created = await webhooks('create', '--config', config);
  expect(created.code).toBe(2);
  expect(created.stderr).toContain('webhooks: {}');
}, 60_000);
