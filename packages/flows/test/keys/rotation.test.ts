import { describe, expect, it, onTestFinished } from 'vitest';
import type { AwardInput } from '../../src/awards/award-input.ts';
import { issueAwards } from '../../src/awards/issue-awards.ts';
import { SealedRecords } from '../../src/awards/sealed-records.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import {
  dropKey,
  generateKeyRing,
  keyIdsOf,
  keyRingFromText,
  openKeyRing,
  rotateKeyRing,
} from '../../src/keys/key-ring.ts';
import { rewrapKeys } from '../../src/keys/rewrap-keys.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { type AddFlowFixture, awardInput, lan, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { openTestDatabase, postgresMissing } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();
const refused = { code: 'invalid_configuration' };
const person = (at: number) => ({
  fullName: `Learner ${at}`,
  email: `learner${at}@example.edu`,
  subject: `s${at}`,
});
const inputs = (from: number, to: number): AwardInput[] =>
  Array.from({ length: to - from }, (_, at) =>
    awardInput({ key: `award ${from + at}`, recipient: person((from + at) % 400) }),
  );

async function issueAll(
  context: FlowContext,
  awards: readonly AwardInput[],
  runId = 'run-1',
): Promise<string[]> {
  const ids: string[] = [];
  for await (const result of issueAwards(context, awards, { ...sampleRun, runId })) {
    if (result.result === 'refused') throw new Error(result.problems.map(({ code }) => code).join());
    ids.push(result.awardId);
  }
  return ids;
}

/** Every person and award, as whoever has these keys reads them. */
async function readAll({ store, records }: FlowContext, awardIds: readonly string[]): Promise<number> {
  let read = 0;
  for (const awardId of awardIds) {
    const award = await store.read.award('default', awardId);
    const recipient = await store.read.recipient('default', award?.recipientId ?? '');
    if (award === undefined || recipient === undefined) throw new Error('An award is gone.');
    const dataKey = await records.dataKeyOf(recipient);
    records.openPerson(dataKey, recipient);
    records.openAward(dataKey, award);
    read += 1;
  }
  return read;
}

/** The same flow in a process that was started with this key file. */
async function withKeys({ context }: AddFlowFixture, read: () => Promise<string>): Promise<FlowContext> {
  const keys = await openKeyRing(read);
  return { ...context, records: new SealedRecords(keys), lookupKey: keys.lookupKey };
}

describe.skipIf(skip)('security rule 16: a key rotation while everything goes on', () => {
  it('lets no import, claim or poll fail, and everything is readable without the former key', async () => {
    const database = await openTestDatabase();
    onTestFinished(() => database.close());
    const store = await openPostgresStore({
      connectionString: database.connectionString,
      schema: `rotation_${process.pid}`,
    });
    const flow = await openAddFlow({ store });
    let file = generateKeyRing();
    const read = async () => file;
    const former = await withKeys(flow, read);
    const claimed = await issueAll(former, inputs(0, 60));

    const importing = [issueAll(former, inputs(60, 600)), issueAll(former, inputs(2_000, 2_400), 'run-2')];
    file = rotateKeyRing(file);
    const restarted = await withKeys(flow, read);
    const afterwards = issueAll(restarted, inputs(1_500, 1_700), 'run-3');
    const rewrapping = rewrapKeys(restarted);
    const outcomes = await Promise.all(
      claimed.map((awardId, at) =>
        submitClaim(at % 2 === 0 ? former : restarted, { awardId, generation: 1, again: false }),
      ),
    );
    expect(outcomes.every(({ outcome }) => outcome === 'redirect')).toBe(true);
    flow.advance({ hours: 49 });
    const reports = await Promise.all(
      [former, restarted].map((one) => pollSubmissions(one, { budgetMs: 60_000 })),
    );
    expect(reports.flatMap(({ events }) => events)).toHaveLength(60);
    const ids = [...claimed, ...(await Promise.all([...importing, afterwards])).flat()];
    await rewrapping;

    // A process that was started before the rotation has read what was written after it.
    expect(await readAll(former, ids)).toBe(1_200);
    expect(await rewrapKeys(await withKeys(flow, read))).toMatchObject({
      currentKeyId: keyIdsOf(file).current,
      stillNeeded: {},
    });
    file = dropKey(file, 'k1');
    expect(await readAll(await withKeys(flow, read), ids)).toBe(1_200);
  }, 60_000);
});

describe('wrapping keys anew', () => {
  it('goes through all pages, once, and says which former keys are still needed', async () => {
    const flow = await openAddFlow();
    let file = generateKeyRing();
    const context = await withKeys(flow, async () => file);
    await issueAll(context, inputs(0, 400));
    file = rotateKeyRing(file);
    const ending = AbortSignal.abort();
    expect(await rewrapKeys(context, { signal: ending })).toEqual({
      rewrapped: 200,
      currentKeyId: keyIdsOf(file).current,
      stillNeeded: { k1: 200 },
    });
    expect(await rewrapKeys(context)).toEqual({
      rewrapped: 200,
      currentKeyId: keyIdsOf(file).current,
      stillNeeded: {},
    });
    expect(await rewrapKeys(context)).toEqual({
      rewrapped: 0,
      currentKeyId: keyIdsOf(file).current,
      stillNeeded: {},
    });
  });

  it('takes nobody back who is erased meanwhile, and no change of a person', async () => {
    const flow = await openAddFlow();
    let file = generateKeyRing();
    const context = await withKeys(flow, async () => file);
    const recipients = [person(1), person(2)];
    await issueAll(
      context,
      recipients.map((recipient) => awardInput({ key: recipient.email, recipient })),
    );
    file = rotateKeyRing(file);
    const stale = await flow.store.read.recipientsUnderOtherKeys('default', keyIdsOf(file).current, '', 9);
    const [gone, changed] = stale;
    if (gone === undefined || changed === undefined) throw new Error('no recipients');
    const { records } = context;
    const dataKey = await records.dataKeyOf(changed);
    const sealedPerson = records.sealPerson(dataKey, 'default', changed.id, { ...lan, minor: true });
    await flow.store.transaction(async (tx) => {
      await tx.updateRecipient({ ...gone, wrappedKey: null }, gone);
      await tx.updateRecipient({ ...changed, sealedPerson }, changed);
    });
    const pages = [stale];
    const store: FlowContext['store'] = {
      ...flow.store,
      transaction: (work) =>
        flow.store.transaction((tx) =>
          work({
            ...tx,
            recipientsUnderOtherKeys: async (...query) =>
              pages.shift() ?? tx.recipientsUnderOtherKeys(...query),
          }),
        ),
    };
    expect(await rewrapKeys({ ...context, store })).toMatchObject({ rewrapped: 1, stillNeeded: {} });
    expect((await flow.store.read.recipient('default', gone.id))?.wrappedKey).toBeNull();
    const kept = await flow.store.read.recipient('default', changed.id);
    if (kept === undefined) throw new Error('no recipient');
    expect(records.openPerson(await records.dataKeyOf(kept), kept)).toMatchObject({
      minor: true,
    });
    expect(kept.keyId).toBe(keyIdsOf(file).current);
  });

  it('does not go on without a key that stored data needs, and changes nothing', async () => {
    const flow = await openAddFlow();
    const file = generateKeyRing();
    await issueAll(await withKeys(flow, async () => file), inputs(0, 3));
    const without = dropKey(rotateKeyRing(file), 'k1');
    await expect(rewrapKeys(await withKeys(flow, async () => without))).rejects.toMatchObject(refused);
    expect(await flow.store.read.countByKey('default')).toEqual({ k1: 3 });
  });
});

describe('a key file', () => {
  const place = { issuer: 'default', row: 'r1', column: 'wrapped_key' };
  const key = Buffer.alloc(32, 7);

  it('loses former keys only, and gives no id twice', () => {
    const ring = rotateKeyRing(generateKeyRing());
    const second = keyIdsOf(ring).current;
    expect(() => dropKey(ring, second)).toThrow(expect.objectContaining(refused));
    expect(() => dropKey(ring, 'k9')).toThrow(expect.objectContaining(refused));
    const third = rotateKeyRing(dropKey(ring, 'k1'));
    expect(keyRingFromText(third).currentKeyId).toMatch(/^k3-/);
    expect(keyRingFromText(rotateKeyRing(dropKey(third, second))).currentKeyId).toMatch(/^k4-/);
  });

  it('rotated on two machines, has two new keys of different names: neither is taken for the other', () => {
    const file = generateKeyRing();
    expect(keyIdsOf(rotateKeyRing(file)).current).not.toBe(keyIdsOf(rotateKeyRing(file)).current);
  });

  it('is read again for a key that it did not have, and never another database\u2019s', async () => {
    let file = generateKeyRing();
    const ring = await openKeyRing(async () => file);
    file = rotateKeyRing(file);
    const second = keyIdsOf(file).current;
    const wrapped = await keyRingFromText(file).wrap(key, second, place);
    expect(ring.currentKeyId).toBe('k1');
    expect(Buffer.from(await ring.unwrap(wrapped, second, place))).toEqual(key);
    expect(ring.currentKeyId).toBe(second);
    file = rotateKeyRing(rotateKeyRing(generateKeyRing()));
    await expect(ring.unwrap(wrapped, 'k3', place)).rejects.toMatchObject(refused);
    expect(Buffer.from(await ring.unwrap(wrapped, second, place))).toEqual(key);
  });
});
