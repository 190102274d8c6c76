import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@seek-pass-kit/core';
import { startSandbox } from '@seek-pass-kit/sandbox';
import { expect, onTestFinished, test } from 'vitest';
import * as flows from '../src/index.ts';
import { awardInput } from './add-flow-fixture.ts';

/** The TypeScript of a page, block by block, without its imports. */
async function blocksOf(name: string): Promise<string[]> {
  const page = await readFile(new URL(`../../../apps/docs/docs/flows/${name}.md`, import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/^ *```ts\n(.*?)^ *```/gms)].map(([, code = '']) => code);
  return blocks.map((code) => code.replace(/^ *import .* from '.*';$/gm, ''));
}

type Run = (...values: unknown[]) => Promise<unknown>;
const AsyncFunction = (async () => undefined).constructor as new (...texts: string[]) => Run;

/** Runs a block as it stands on the page, with these names at hand, and gives what it calls `result`. */
async function run(
  code: string,
  names: Readonly<Record<string, unknown>>,
  result = 'undefined',
): Promise<unknown> {
  return new AsyncFunction(...Object.keys(names), `${code}\nreturn ${result};`)(...Object.values(names));
}

async function openFlow(setUp: string, names: object = {}): Promise<flows.AddFlow> {
  const sandbox = await startSandbox({});
  onTestFinished(() => sandbox.close());
  const log = { log: () => undefined };
  return (await run(setUp, { ...core, ...flows, ...names, sandbox, console: log }, 'flow')) as flows.AddFlow;
}

async function newAward(flow: flows.AddFlow, key: string): Promise<string> {
  const awarded = await flow.award(awardInput({ key }), { runId: key, who: 'staff-7' });
  return awarded.result === 'refused' ? '' : awarded.awardId;
}

test('the code of the page on awards runs as it stands there', async () => {
  const [setUp = '', ...blocks] = await blocksOf('awards');
  expect(blocks.length).toBeGreaterThan(6);
  const flow = await openFlow(setUp);
  const rows = [awardInput({ key: 'row 1' }), awardInput({ key: 'row 2' })];
  for (const [at, block] of blocks.entries()) {
    const awardId = await newAward(flow, `award of block ${at}`);
    await run(block, { flow, rows, awardId, console: { log: () => undefined } });
  }
  const status = await flow.status('2026/WELD/104233');
  expect(status).toMatchObject({ state: 'ready', version: 1 });
  expect((await flow.stops()).record).toHaveLength(2);
  expect(await flow.counts()).toMatchObject({ withdrawn: 1, superseded: 1 });
});

test('the code of the page on stores and keys makes a key file and rotates it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-keys-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const files = {
    readFile: (name: string) => readFile(join(folder, name), 'utf8'),
    writeFile: (name: string, ...rest: [string, object]) => writeFile(join(folder, name), ...rest),
    rename: (from: string, to: string) => rename(join(folder, from), join(folder, to)),
  };
  const blocks = await blocksOf('stores-and-keys');
  const about = (word: string) => blocks.find((block) => block.includes(word)) ?? '';
  const keys = (await run(about('openKeyRing('), { ...flows, ...files }, 'keys')) as flows.KeyPort;
  expect((await stat(join(folder, 'key-ring.json'))).mode & 0o777).toBe(0o600);

  const [setUp = ''] = await blocksOf('awards');
  const flow = await openFlow(setUp.replace(/keys: .*/, 'keys,'), { keys });
  expect(keys.currentKeyId).toBe('k1');
  await newAward(flow, 'before');
  await run(about('rotateKeyRing('), { ...flows, ...files });
  expect(await run(about('flow.rewrapKeys('), { flow }, 'stillNeeded')).toEqual({});
  expect(keys.currentKeyId).toMatch(/^k2-/);
});
