import { readFile } from 'node:fs/promises';
import * as core from '@seek-pass-kit/core';
import { startSandbox } from '@seek-pass-kit/sandbox';
import { expect, onTestFinished, test } from 'vitest';
import * as flows from '../../src/index.ts';

const page = await readFile(new URL('../../../../apps/docs/docs/flows/verify.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);

type Run = (...values: unknown[]) => Promise<unknown>;
const AsyncFunction = (async () => undefined).constructor as new (...texts: string[]) => Run;

/** Runs a block as it stands on the page, with these names at hand, and gives what it calls `result`. */
const run = (code: string, names: Readonly<Record<string, unknown>>, result: string): Promise<unknown> =>
  new AsyncFunction(...Object.keys(names), `${code}\nreturn ${result};`)(...Object.values(names));

test('the code of the page runs as it stands there', async () => {
  const sandbox = await startSandbox({});
  onTestFinished(() => sandbox.close());
  const [setUp = '', start = '', link = '', look = '', redact = ''] = blocks;
  const names = { ...core, ...flows, sandbox, console: { log: () => undefined } };
  const verify = (await run(setUp, names, 'verify')) as flows.VerifyFlow;
  const started = (await run(`let response;\n${start}`, { verify }, '[started, response]')) as [
    flows.VerificationStart,
    Response,
  ];
  expect(started[0].outcome).toBe('redirect');
  expect(started[1].status).toBe(303);
  expect(await run(link, { verify }, 'link')).toMatchObject({ outcome: 'link' });
  const verificationId = 'verificationId' in started[0] ? started[0].verificationId : '';
  expect(await run(look, { verify, verificationId }, 'status')).toMatchObject({ state: 'open' });
  await run(redact, { verify, verificationId }, 'undefined');
  expect(await verify.status(verificationId)).toMatchObject({ state: 'redacted' });
});

test('the page lists every state there is', () => {
  const states: readonly flows.VerificationState[] = [
    'created',
    'failed',
    'open',
    'matched',
    'mismatched',
    'needs_person',
    'anyone',
    'held',
    'canceled',
    'expired',
    'redacted',
  ];
  const listed = page.split('\n').filter((line) => line.startsWith('| `'));
  for (const state of states)
    expect(listed.some((line) => line.split(' |')[0]?.includes(`\`${state}\``))).toBe(true);
});
