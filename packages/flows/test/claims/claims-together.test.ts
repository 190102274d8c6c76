import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standingOf } from '../../src/awards/award-facts.ts';
import { recipientId } from '../../src/awards/recipient-identity.ts';
import { SealedRecords } from '../../src/awards/sealed-records.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { generateKeyRing, keyRingFromText } from '../../src/keys/key-ring.ts';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { type AddFlowFixture, lan, openAddFlow } from '../add-flow-fixture.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();
const many = Array.from({ length: 20 }, (_, at) => at);
const learner = (at: number) => ({ ...lan, fullName: `Learner ${at}`, subject: `sis:${at}` });
const claim = (awardId: string) => ({ awardId, generation: 1, again: false });

/** So many awards, each of somebody else. */
async function issueMany(flow: AddFlowFixture): Promise<string[]> {
  const ids: string[] = [];
  for (const at of many) ids.push(await flow.issue({ key: `key ${at}`, recipient: learner(at) }));
  return ids;
}

const click = (context: FlowContext, ids: readonly string[]) =>
  Promise.allSettled(ids.map((awardId) => submitClaim(context, claim(awardId))));

const words = (ends: Awaited<ReturnType<typeof click>>) =>
  ends.map((end) => (end.status === 'rejected' ? 'failed' : end.value.outcome));

/** Stores by name; those over one database share its data. */
const stores: ReadonlyArray<[string, boolean, () => Promise<Store>]> = [
  ['in memory', false, async () => createMemoryStore()],
  ['on PostgreSQL', skip, () => anotherStore()],
];
let database: TestDatabase;
let schemas = 0;
const anotherStore = (schema = `together_${process.pid}_${(schemas += 1)}`) =>
  openPostgresStore({ connectionString: database.connectionString, schema });

beforeAll(async () => {
  if (!skip) database = await openTestDatabase();
}, 60_000);
afterAll(() => database?.close());

describe.each(stores)('claims that are made at the same time, %s', (_, skipped, openStore) => {
  it.skipIf(skipped)('make one submission each, however many tabs there are', async () => {
    const flow = await openAddFlow({ store: await openStore() });
    const ids = await issueMany(flow);
    const ends = await click(flow.context, [...ids, ...ids, ...ids]);
    expect(words(ends)).toEqual(ends.map(() => 'redirect'));
    expect(flow.sandbox.control.submissions.list()).toHaveLength(ids.length);
    for (const awardId of ids) {
      const history = await flow.store.read.history('default', awardId);
      expect(history.map(({ what }) => what)).toEqual(['created', 'submitted']);
      const submissions = await flow.store.read.submissions('default', awardId);
      expect(submissions).toMatchObject([{ attempt: 1, acknowledged: true }]);
    }
  });

  it.skipIf(skipped)(
    'are no one else’s fault: an erased person and a damaged record stop theirs alone',
    async () => {
      const keys = keyRingFromText(generateKeyRing());
      const damaged = { id: '' };
      const records = new SealedRecords({
        lookupKey: keys.lookupKey,
        currentKeyId: keys.currentKeyId,
        wrap: (...what) => keys.wrap(...what),
        async unwrap(wrapped, keyId, place) {
          if (place.row === damaged.id) throw new Error('damaged');
          return keys.unwrap(wrapped, keyId, place);
        },
      });
      const flow = await openAddFlow({ store: await openStore(), records, lookupKey: keys.lookupKey });
      const ids = await issueMany(flow);
      damaged.id = recipientId(flow.context, learner(3));
      const erased = await flow.store.read.recipient('default', recipientId(flow.context, learner(7)));
      if (erased === undefined) throw new Error('no recipient');
      await flow.store.transaction((tx) => tx.updateRecipient({ ...erased, wrappedKey: null }, erased));
      const ends = words(await click(flow.context, ids));
      expect(ends).toEqual(many.map((at) => (at === 3 ? 'failed' : at === 7 ? 'not_claimable' : 'redirect')));
      expect(flow.sandbox.control.submissions.list()).toHaveLength(ids.length - 2);
      expect(await flow.store.read.submissions('default', ids[3] ?? '')).toEqual([]);
    },
  );

  it.skipIf(skipped)('and withdrawals at the same time agree about each award', async () => {
    const flow = await openAddFlow({ store: await openStore() });
    const ids = await issueMany(flow);
    const withdrawing = many
      .filter((at) => at % 2 === 0)
      .map((at) => withdraw(flow.context, { awardId: ids[at] ?? '', reason: 'revoked', who: 'staff-7' }));
    const [ends, withdrawn] = await Promise.all([click(flow.context, ids), Promise.all(withdrawing)]);
    for (const [at, word] of words(ends).entries()) {
      const award = await flow.store.read.award('default', ids[at] ?? '');
      const standing = award && standingOf(award.facts);
      const claimed = word === 'redirect';
      expect(word).toMatch(at % 2 === 0 ? /^(redirect|not_claimable)$/ : /^redirect$/);
      if (at % 2 === 1) expect(standing).toMatchObject({ state: 'submitted' });
      else
        expect(standing).toMatchObject({
          state: 'withdrawn',
          behindClosedLink: claimed ? 'submitted' : 'ready',
        });
      if (at % 2 === 0 && !claimed) expect(withdrawn[at / 2]).toMatchObject({ openAtSeekPass: false });
    }
    const submitted = words(ends).filter((word) => word === 'redirect');
    expect(flow.sandbox.control.submissions.list()).toHaveLength(submitted.length);
  });

  it.skipIf(skipped)('in a process that dies between storing and sending repeat the same ids', async () => {
    const flow = await openAddFlow({ store: await openStore() });
    const ids = await issueMany(flow);
    const { seekPass } = flow;
    const dying: FlowContext['seekPass'] = {
      add: () => Promise.reject(new Error('killed')),
      statuses: (...asked) => seekPass.statuses(...asked),
      now: () => seekPass.now(),
    };
    expect(words(await click({ ...flow.context, seekPass: dying }, ids))).toEqual(ids.map(() => 'failed'));
    const stored = await Promise.all(ids.map((awardId) => flow.store.read.submissions('default', awardId)));
    expect(words(await click(flow.context, ids))).toEqual(ids.map(() => 'redirect'));
    const sent = flow.sandbox.control.submissions.list().map(({ id }) => id);
    expect(sent.toSorted()).toEqual(
      stored
        .flat()
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(sent).toHaveLength(ids.length);
  });
});

describe.skipIf(skip)('an award that another process has', () => {
  it('holds up its own claim and no other', async () => {
    const schema = `together_${process.pid}_held`;
    const flow = await openAddFlow({ store: await anotherStore(schema) });
    const ids = await issueMany(flow);
    const other = await anotherStore(schema);
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let holds = () => {};
    const holding = new Promise<void>((resolve) => {
      holds = resolve;
    });
    const elsewhere = other.transaction(async (tx) => {
      await tx.lockAward('default', ids[4] ?? '');
      holds();
      await held;
    });
    await holding;
    const claims = ids.map((awardId) => submitClaim(flow.context, claim(awardId)));
    const others = await Promise.all(claims.filter((_, at) => at !== 4));
    expect(others.map(({ outcome }) => outcome)).toEqual(others.map(() => 'redirect'));
    expect(flow.sandbox.control.submissions.list()).toHaveLength(ids.length - 1);
    letGo();
    await elsewhere;
    expect(await claims[4]).toMatchObject({ outcome: 'redirect' });
    await other.close();
  }, 30_000);
});
