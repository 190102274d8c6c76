import { describe, expect, it } from 'vitest';
import { AddFlow } from '../../src/add-flow.ts';
import type { AddFlowOptions } from '../../src/add-flow-options.ts';
import { finishErasures, type KeyFile } from '../../src/erasure/finish-erasures.ts';
import { generateClaimKey } from '../../src/claims/claim-key.ts';
import {
  generateKeyRing,
  keyIdsOf,
  type KeyPort,
  openKeyRing,
  rotateKeyRing,
} from '../../src/keys/key-ring.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { awardInput, lan, openAddFlow, sampleRun } from '../add-flow-fixture.ts';

const day = 24 * 3_600_000;
const minh = { fullName: 'Trần Minh', email: 'minh@example.edu' };

/** A key file of which every former text is kept, as backups are. */
function keyFileWithBackups() {
  const texts = [generateKeyRing()];
  const keyFile: KeyFile = {
    read: async () => texts.at(-1) ?? '',
    async write(text) {
      texts.push(text);
    },
  };
  return { keyFile, texts };
}

/** A started flow over a key file, and further processes over the same store. */
async function open() {
  const { keyFile, texts } = keyFileWithBackups();
  const { context, seekPass, clock } = await openAddFlow();
  const store = createMemoryStore();
  const options: Omit<AddFlowOptions, 'keys'> = {
    seekPass: seekPass,
    environment: 'sandbox',
    clientId: context.clientId,
    store,
    namespace: context.namespace,
    claimKey: generateClaimKey(),
    claimBaseUrl: context.claimBaseUrl,
    brand: context.brand,
    mail: context.mail,
    erasure: { keyBackupDays: 14 },
    clock,
  };
  const start = async (read = () => keyFile.read()) => {
    const keys: KeyPort = await openKeyRing(read);
    const flow = new AddFlow({ ...options, keys });
    await flow.start();
    return flow;
  };
  return { keyFile, texts, store, clock, start, flow: await start() };
}

const request = { of: { email: lan.email }, reason: 'asked_by_person', who: 'staff-7' } as const;

describe('security rule 17: finishing erasures', () => {
  it('takes the keys out of the key file; an erasure is complete when the backups of that file have expired', async () => {
    const { keyFile, flow, clock, store } = await open();
    await flow.award(awardInput(), sampleRun);
    await flow.award(awardInput({ key: 'b', recipient: minh }), sampleRun);
    expect(await finishErasures([flow], { keyFile, who: 'staff-7' })).toEqual({ outcome: 'nothing_pending' });
    const report = await flow.erase(request);
    expect(report).toMatchObject({ standing: { on: 'key_in_use', keyIds: ['k1'] } });
    const until = clock.now() + 14 * day;
    expect(await finishErasures([flow], { keyFile, who: 'staff-7' })).toEqual({
      outcome: 'keys_dropped',
      erasures: 1,
      droppedKeyIds: ['k1'],
      rewrapped: 2,
      completeAt: until,
    });
    expect(keyIdsOf(await keyFile.read())).toEqual({ current: 'k2', all: ['k2'] });
    expect(await flow.erasures()).toMatchObject([{ standing: 'pending', on: 'key_backup', until }]);
    clock.advance(14 * day - 1);
    expect(await flow.erasures()).toMatchObject([{ standing: 'pending' }]);
    clock.advance(1);
    expect(await flow.erasures()).toMatchObject([{ standing: 'complete', since: until }]);
    const [erasure] = await flow.erasures();
    expect(await store.read.auditOf('default', `erasure:${erasure?.id}`, 5)).toMatchObject([
      { what: 'erasure_keys_dropped', who: 'staff-7' },
      { what: 'erased' },
    ]);
    expect(await finishErasures([flow], { keyFile, who: 'staff-7' })).toEqual({ outcome: 'nothing_pending' });
  });

  it('waits for other machines when told to, and goes on where it stopped', async () => {
    const { keyFile, flow } = await open();
    await flow.award(awardInput(), sampleRun);
    await flow.erase(request);
    const rotated = { outcome: 'rotated', currentKeyId: 'k2' };
    expect(await finishErasures([flow], { keyFile, who: 'x', onlyRotate: true })).toEqual(rotated);
    expect(await finishErasures([flow], { keyFile, who: 'x', onlyRotate: true })).toEqual(rotated);
    expect(keyIdsOf(await keyFile.read()).all).toEqual(['k1', 'k2']);
    expect(await finishErasures([flow], { keyFile, who: 'x' })).toMatchObject({ droppedKeyIds: ['k1'] });
  });

  it('cut off at any write of the key file, is done by the next run', async () => {
    for (const cutAt of [1, 2]) {
      const { keyFile, texts, flow } = await open();
      await flow.award(awardInput(), sampleRun);
      await flow.erase(request);
      let writes = 0;
      const failing: KeyFile = {
        ...keyFile,
        async write(text) {
          writes += 1;
          if (writes === cutAt) throw new Error('disk full');
          await keyFile.write(text);
        },
      };
      await expect(finishErasures([flow], { keyFile: failing, who: 'x' })).rejects.toThrow('disk full');
      expect(await finishErasures([flow], { keyFile, who: 'x' })).toMatchObject({ outcome: 'keys_dropped' });
      expect(keyIdsOf(texts.at(-1) ?? '').all).toHaveLength(1);
      expect(await flow.erasures()).toMatchObject([{ on: 'key_backup' }]);
    }
  });

  it('another process that has not heard of the rotation hears of it before it wraps anything', async () => {
    const { keyFile, flow, start, store } = await open();
    const other = await start();
    await flow.award(awardInput(), sampleRun);
    await flow.erase(request);
    await finishErasures([flow], { keyFile, who: 'x' });
    expect(other.context.records.currentKeyId).toBe('k1');
    expect(await other.award(awardInput({ key: 'b', recipient: minh }), sampleRun)).toMatchObject({
      result: 'created',
    });
    expect(await store.read.countByKey('default')).toEqual({ k2: 2 });
  });

  it('a process with an old copy of the key file stores nothing that nobody could read any more', async () => {
    const { keyFile, texts, flow, start, store } = await open();
    const [first = ''] = texts;
    const left = await start(async () => first);
    await flow.award(awardInput(), sampleRun);
    await flow.erase(request);
    await finishErasures([flow], { keyFile, who: 'x' });
    await expect(left.award(awardInput({ key: 'b', recipient: minh }), sampleRun)).rejects.toMatchObject({
      code: 'invalid_configuration',
    });
    expect(await store.read.countByKey('default')).toEqual({ k2: 1 });
  });

  it('with keys in a key management service goes on when it is told that they were destroyed there', async () => {
    const { flow, start, texts } = await open();
    let ring = texts[0] ?? '';
    const service = await start(async () => ring);
    await service.award(awardInput(), sampleRun);
    await service.award(awardInput({ key: 'b', recipient: minh }), sampleRun);
    await service.erase(request);
    const destroyed = { keyIds: ['k1'], who: 'staff-7' };
    await expect(service.keysDestroyed(destroyed)).rejects.toMatchObject({ code: 'invalid_configuration' });
    ring = rotateKeyRing(ring);
    expect(await service.keysDestroyed(destroyed)).toBe(1);
    expect(await flow.erasures()).toMatchObject([{ on: 'key_backup' }]);
  });

  it('refuses a key file that the flow does not read', async () => {
    const { flow } = await open();
    const { keyFile } = keyFileWithBackups();
    await flow.award(awardInput(), sampleRun);
    await flow.erase(request);
    await expect(finishErasures([flow], { keyFile, who: 'x' })).rejects.toMatchObject({
      code: 'invalid_configuration',
    });
  });
});
