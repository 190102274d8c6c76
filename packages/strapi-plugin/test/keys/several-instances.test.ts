import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { openSiteKeys } from '../../server/src/keys/site-keys.ts';

type Opening = Parameters<typeof openSiteKeys>[0];
type Reads = Opening['store']['read'];

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'seek-pass-keys-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
});

/** An instance of the site that starts. `issuer`: what the shared database answers it. */
function start(issuer: () => Promise<unknown>) {
  const dirs = { app: { root }, static: { public: join(root, 'public') } };
  const read = { issuer, countByState: async () => ({}) } as unknown as Reads;
  return openSiteKeys({
    config: {},
    dirs: dirs as Opening['dirs'],
    store: { read },
    environment: 'sandbox',
    clientId: 'sandbox-a',
  });
}

const named = ({ claimKey, namespace }: Awaited<ReturnType<typeof start>>) => ({ claimKey, namespace });

test('security rule 16: instances that start at once all work with the keys of one', async () => {
  const [first, ...others] = await Promise.all(
    Array.from({ length: 12 }, () => start(async () => undefined)),
  );
  if (first === undefined) throw new Error('There are twelve.');
  for (const other of others) expect(named(other)).toEqual(named(first));
});

test('an instance that was overtaken by another while it looked for the keys takes those', async () => {
  let first: Awaited<ReturnType<typeof start>> | undefined;
  const second = await start(async () => {
    first ??= await start(async () => undefined);
    return { issuer: 'sandbox' };
  });
  expect(first === undefined ? undefined : named(first)).toEqual(named(second));
});

test('keys that are gone are missed: none are made in their place', async () => {
  await expect(start(async () => ({ issuer: 'sandbox' }))).rejects.toThrow('restore it from its backup');
});
