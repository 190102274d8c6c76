import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/awards/award-facts.ts';
import { changeRecipient } from '../../src/awards/change-recipient.ts';
import { issueAwards } from '../../src/awards/issue-awards.ts';
import { emailHash } from '../../src/awards/recipient-identity.ts';
import { SealedRecords } from '../../src/awards/sealed-records.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { eraseLearner } from '../../src/erasure/erase-learner.ts';
import { runDue } from '../../src/jobs/runner.ts';
import { generateKeyRing, openKeyRing, rotateKeyRing } from '../../src/keys/key-ring.ts';
import { rewrapKeys } from '../../src/keys/rewrap-keys.ts';
import { mailHandlers } from '../../src/mail/mail-handlers.ts';
import { recordBounce } from '../../src/mail/record-bounce.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import {
  type AddFlowFixture,
  awardInput,
  microcredential,
  openAddFlow,
  sampleRun,
} from '../add-flow-fixture.ts';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { testSchemas } from '../postgres/test-schemas.ts';

const skip = await postgresMissing();
const people = Array.from({ length: 12 }, (_, at) => ({
  fullName: `Learner ${at}`,
  email: `learner${at}@example.edu`,
  subject: `s${at}`,
}));

describe.skipIf(skip)('security rule 17: an erasure and, at the same time,', () => {
  const newSchema = testSchemas('races');

  async function open(change: Parameters<typeof openAddFlow>[0] = {}) {
    return openAddFlow({ store: await newSchema().openStore(), ...change });
  }

  async function issueTo(flow: AddFlowFixture, runId: string, keys = ['a', 'b']) {
    const inputs = keys.flatMap((key) =>
      people.map((recipient) => awardInput({ key: `${key} ${recipient.email}`, recipient })),
    );
    const results = [];
    for await (const result of issueAwards(flow.context, inputs, { ...sampleRun, runId }))
      results.push(result);
    return results;
  }

  const eraseAll = ({ context }: AddFlowFixture) =>
    Promise.all(
      people.map(({ email }) =>
        eraseLearner(context, { of: { email }, reason: 'asked_by_person', who: 'staff-7' }),
      ),
    );

  /** Nothing leads to anybody any more, and every award is in its record, readable. */
  async function expectErased({ context, store }: AddFlowFixture) {
    const hashes = people.map(({ email }) => emailHash(context, email));
    expect(await store.read.recipientsByEmail('default', hashes)).toEqual([]);
    const { awards } = await store.read.listAwards({ issuer: 'default', limit: 1_000 });
    for (const award of awards) {
      expect(standingOf(award.facts).erased).toBe('delivery_data');
      const record = await store.read.recipient('default', award.recipientId);
      if (record === undefined) throw new Error('no record');
      context.records.openAward(await context.records.dataKeyOf(record), award);
    }
    for (const hash of hashes) expect(await store.read.mutesOf('default', hash)).toEqual([]);
    return awards;
  }

  it('an import: what came before is erased, what comes after is refused', async () => {
    const flow = await open();
    await issueTo(flow, 'first');
    const corrected = people.map((recipient) =>
      awardInput({
        key: `a ${recipient.email}`,
        recipient,
        credential: microcredential({ issue_date: '2026-02-21' }),
      }),
    );
    const correct = async () => {
      for await (const _ of issueAwards(flow.context, corrected, { ...sampleRun, runId: 'corrections' }));
    };
    const [reports, more] = await Promise.all([
      eraseAll(flow),
      issueTo(flow, 'second', ['c', 'd']),
      correct(),
    ]);
    expect(new Set(reports.map(({ outcome }) => outcome))).toEqual(new Set(['erased']));
    const awards = await expectErased(flow);
    const created = more.filter(({ result }) => result === 'created').length;
    expect(awards.filter(({ version }) => version === 1)).toHaveLength(24 + created);
    expect((await issueTo(flow, 'third', ['e'])).every(({ result }) => result === 'refused')).toBe(true);
  }, 60_000);

  it('claims, mails, bounces, polls and changed recipients', async () => {
    const flow = await open();
    const { context, store, clock } = flow;
    const issued = await issueTo(flow, 'first');
    const ids = issued.flatMap((one) => ('awardId' in one ? [one.awardId] : []));
    for (const awardId of ids.slice(0, 6)) {
      await submitClaim(context, { awardId, generation: 1, again: false });
    }
    flow.advance({ hours: 49 });
    const runner = { store, clock, random: Math.random, issuers: ['default'] };
    const [, claims] = await Promise.all([
      eraseAll(flow),
      Promise.all(ids.map((awardId) => submitClaim(context, { awardId, generation: 1, again: false }))),
      runDue(runner, { budgetMs: 60_000, handlers: mailHandlers(context) }),
      pollSubmissions(context, { budgetMs: 60_000 }),
      Promise.all(people.map(({ email: address }) => recordBounce(context, { address, kind: 'hard' }))),
      changeRecipient(context, {
        awardId: ids[7] ?? '',
        recipient: { fullName: 'Somebody Else', email: 'else@example.edu' },
        reason: 'wrong_person',
        who: 'staff-7',
        mayChangeRecipients: true,
      }),
    ]);
    const ends = new Set(claims.map(({ outcome }) => outcome));
    expect([...ends].filter((end) => end !== 'redirect' && end !== 'not_claimable')).toEqual([]);
    const others = await store.read.recipientsByEmail('default', [emailHash(context, 'else@example.edu')]);
    const ofOther =
      others[0] === undefined ? [] : await store.read.awardsOfRecipient('default', others[0].id);
    const { awards } = await store.read.listAwards({ issuer: 'default', limit: 1_000 });
    expect(awards.filter(({ facts }) => facts.erased === undefined)).toHaveLength(ofOther.length);
    expect(Object.values(await store.read.countMailsByState('default')).reduce((sum, n) => sum + n, 0)).toBe(
      0,
    );
    flow.advance({ hours: 60 });
    await pollSubmissions(context, { budgetMs: 60_000 });
    expect(await store.read.submissionsDue('default', Number.MAX_SAFE_INTEGER, 100)).toEqual([]);
  }, 60_000);

  it('a rotation of keys: nobody comes back, and every record is readable under the new key', async () => {
    let ring = generateKeyRing();
    const keys = await openKeyRing(async () => ring);
    const flow = await open({ records: new SealedRecords(keys), lookupKey: keys.lookupKey });
    await issueTo(flow, 'first');
    ring = rotateKeyRing(ring);
    await Promise.all([eraseAll(flow), rewrapKeys(flow.context), rewrapKeys(flow.context)]);
    await expectErased(flow);
    await rewrapKeys(flow.context);
    expect(await flow.store.read.countByKey('default')).toEqual({ [keys.currentKeyId]: 12 });
  }, 60_000);

  it('another erasure of the same person: one does it', async () => {
    const flow = await open();
    await issueTo(flow, 'first');
    const outcomes = (await Promise.all([eraseAll(flow), eraseAll(flow)]))
      .flat()
      .map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'erased')).toHaveLength(12);
    expect(outcomes.filter((outcome) => outcome === 'nothing_found')).toHaveLength(12);
    await expectErased(flow);
  }, 60_000);
});
