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
    const { current, all } = keyIdsOf(await keyFile.read());
    expect(current).toMatch(/^k2-/);
    expect(all).toEqual([current]);
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
    const rotated = await finishErasures([flow], { keyFile, who: 'x', onlyRotate: true });
    const { current, all } = keyIdsOf(await keyFile.read());
    expect(rotated).toEqual({ outcome: 'rotated', currentKeyId: current });
    expect(await finishErasures([flow], { keyFile, who: 'x', onlyRotate: true })).toEqual(rotated);
    expect(all).toEqual(['k1', current]);
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

  it('on two machines with key files of their own at the same time destroys no key that something needs', async () => {
    const { keyFile, texts, flow, start, store } = await open();
    const others = [...texts];
    const otherFile: KeyFile = {
      read: async () => others.at(-1) ?? '',
      write: async (text) => void others.push(text),
    };
    const other = await start(() => otherFile.read());
    await flow.award(awardInput({ key: 'b', recipient: minh }), sampleRun);
    await flow.award(awardInput(), sampleRun);
    await flow.erase(request);
    const runs = [
      finishErasures([flow], { keyFile, who: 'x' }),
      finishErasures([other], { keyFile: otherFile, who: 'y' }),
    ];
    const ends = await Promise.allSettled(runs);
    expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(2);
    const kept = [await keyFile.read(), await otherFile.read()].map((text) => keyIdsOf(text).all);
    for (const keyId of Object.keys(await store.read.countByKey('default'))) {
      expect(kept.flat()).toContain(keyId);
    }
    expect(kept.filter((keyIds) => keyIds.includes('k1')).length).toBeGreaterThan(0);
  });

  it('beside a run that has made a newer key meanwhile takes no key out that this one is about to need', async () => {
    const { keyFile, flow, start } = await open();
    await flow.award(awardInput(), sampleRun);
    await flow.erase(request);
    let reads = 0;
    const overtaken: KeyFile = {
      ...keyFile,
      async read() {
        reads += 1;
        if (reads === 2) await keyFile.write(rotateKeyRing(await keyFile.read()));
        return keyFile.read();
      },
    };
    await expect(finishErasures([flow], { keyFile: overtaken, who: 'x' })).rejects.toMatchObject({
      code: 'invalid_configuration',
    });
    expect(keyIdsOf(await keyFile.read()).all).toHaveLength(3);
    expect(await finishErasures([await start()], { keyFile, who: 'x' })).toMatchObject({
      outcome: 'keys_dropped',
      erasures: 1,
    });
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
    expect(await store.read.countByKey('default')).toEqual({ [keyIdsOf(await keyFile.read()).current]: 2 });
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
    expect(await store.read.countByKey('default')).toEqual({ [keyIdsOf(await keyFile.read()).current]: 1 });
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
