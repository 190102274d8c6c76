import { describe, expect, it } from 'vitest';
import { subjectHash } from '../../src/awards/recipient-identity.ts';
import { redactVerificationsOf } from '../../src/verify/redact-verifications-of.ts';
import { callbackUrl } from '../../src/verify/request-verification.ts';
import type { ReadAnswer } from '../../src/verify/verified-identity.ts';
import { StandingClock } from '../standing-clock.ts';
import { answeringSeekPass } from './answering-seek-pass.ts';
import { verifiedEvent } from './verified-event.ts';
import { anh, openVerify, somchai } from './verify-fixture.ts';

const control = { signal: new AbortController().signal };

describe('without a webhook', () => {
  it('polling finds a result that nobody told of, and holds it', async () => {
    const flow = await openVerify();
    const { verificationId, redirectUri } = await flow.begin(flow.browser());
    flow.share(redirectUri);
    flow.advance({ minutes: 2 });
    await flow.runDue();
    expect((await flow.flow.status(verificationId))?.state).toBe('held');
  });

  it('polling asks seldom, gives up in the end, and a later word of SEEK Pass counts all the same', async () => {
    const flow = await openVerify({ giveUpAfterMs: 24 * 3_600_000 });
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    for (let minutes = 0; minutes < 24 * 60; minutes += 10) {
      flow.advance({ minutes: 10 });
      await flow.runDue();
    }
    const asked = flow.sandbox.control.requests
      .list()
      .filter(({ method, url }) => method === 'GET' && url.includes('/verify/'));
    expect(asked.length).toBeLessThanOrEqual(12);
    expect(await flow.flow.status(verificationId)).toMatchObject({ state: 'expired', evidence: 'inferred' });
    expect(flow.told.map(({ type }) => type)).toEqual(['expired']);

    const page = await browser.open(flow.share(redirectUri));
    expect(page.title).toBe('Thank you');
    await flow.runDue();
    expect(flow.told.map(({ type }) => type)).toEqual(['expired', 'decided']);
  });

  it('an expiry is judged only by an answer from after that time: an outage decides nothing', async () => {
    const flow = await openVerify();
    const { verificationId, redirectUri } = await flow.begin(flow.browser());
    flow.share(redirectUri);
    const fault = flow.sandbox.control.faults.set({
      path: '/api/partner/v2/verify/*',
      effect: { kind: 'status', status: 503 },
    });
    flow.advance({ hours: 72 });
    expect(await flow.flow.poll({ budgetMs: 1_000 })).toMatchObject({ ended: 'failed', asked: 0 });
    expect((await flow.flow.status(verificationId))?.state).toBe('open');
    flow.sandbox.control.faults.remove(fault.faultId);
    flow.advance({ minutes: 3 });
    await flow.runDue();
    expect((await flow.flow.status(verificationId))?.state).toBe('held');
  });
});

describe('a request that SEEK Pass took and does not know', () => {
  it('is an error to be heard of, not an expiry, until its time is over', async () => {
    const flow = await openVerify();
    const { verificationId } = await flow.begin(flow.browser());
    flow.sandbox.control.faults.set({
      path: '/api/partner/v2/verify/requests/*/status.json',
      effect: { kind: 'status', status: 404 },
    });
    flow.advance({ minutes: 3 });
    expect(await flow.flow.poll({ budgetMs: 1_000 })).toMatchObject({
      ended: 'failed',
      error: { code: 'rejected' },
    });
    const { requestId } = flow.sandbox.control.verifications.list()[0] ?? { requestId: '' };
    await expect(flow.flow.inboxHandler(verifiedEvent(requestId), control)).rejects.toMatchObject({
      code: 'rejected',
    });
    expect((await flow.flow.status(verificationId))?.state).toBe('open');
    flow.advance({ hours: 49 });
    await flow.runDue();
    expect((await flow.flow.status(verificationId))?.state).toBe('expired');
  });
});

describe('webhook events', () => {
  it('security rule 15: an unknown request, or one of another issuer, is parked and SEEK Pass is not asked', async () => {
    const flow = await openVerify();
    await flow.begin(flow.browser());
    const { requestId } = flow.sandbox.control.verifications.list()[0] ?? { requestId: '' };
    const before = flow.sandbox.control.requests.list().length;
    expect(await flow.flow.inboxHandler(verifiedEvent('unknown'), control)).toBe('parked');
    expect(await flow.flow.inboxHandler(verifiedEvent(requestId, 'other'), control)).toBe('parked');
    expect(flow.sandbox.control.requests.list()).toHaveLength(before);
  });

  it('security rule 15: what an event says does not count; a false one makes us ask and changes nothing', async () => {
    const flow = await openVerify();
    const { verificationId } = await flow.begin(flow.browser());
    const { requestId } = flow.sandbox.control.verifications.list()[0] ?? { requestId: '' };
    expect(await flow.flow.inboxHandler(verifiedEvent(requestId), control)).toBe('done');
    expect((await flow.flow.status(verificationId))?.state).toBe('open');
  });
});

describe('an answer that nobody foresaw', () => {
  it.each([
    [
      { credential: { full_name: 'Nguyen Thi Minh Anh', date_of_birth: '2001-11-02' } },
      'matched',
      'same_person',
    ],
    [{ data: { full_name: 'NGUYỄN THỊ MINH ÁNH', date_of_birth: '2001-11-02' } }, 'matched', 'same_person'],
    [{ full_name: 'Nguyễn Thị Minh Ánh', date_of_birth: '2001-11-03' }, 'mismatched', 'other_birth_date'],
    [{ full_name: 'Trần Văn Bình', date_of_birth: '2001-11-02' }, 'mismatched', 'other_name'],
    [{ full_name: 'Nguyễn Ánh', date_of_birth: '2001-11-02' }, 'needs_person', 'similar_name'],
    [{ full_name: 'Nguyễn Thị Minh Ánh' }, 'needs_person', 'no_birth_date'],
    [{ full_name: 'Nguyễn Thị Minh Ánh', date_of_birth: '2/11/2001' }, 'needs_person', 'no_birth_date'],
    [
      {
        full_name: anh.fullName,
        credential: { full_name: somchai.fullName, date_of_birth: anh.dateOfBirth },
      },
      'needs_person',
      'unreadable_answer',
    ],
    [{ name: 'Nguyễn Thị Minh Ánh' }, 'needs_person', 'unreadable_answer'],
    [{}, 'needs_person', 'unreadable_answer'],
  ])('is never matched unless name and birth date are there: %j', async (answer, state, reason) => {
    const seekPass = answeringSeekPass({ result: () => ({ status: 'verified', response: answer }) });
    const { flow, browser, begin } = await openVerify({ seekPass });
    const learner = browser();
    const { verificationId } = await begin(learner);
    await learner.open(callbackUrl(flow.context, verificationId));
    expect(await flow.status(verificationId)).toMatchObject({ state, decision: { reason } });
  });

  it('a reader of the host that fails has read nothing', async () => {
    const flow = await openVerify({
      readIdentity: () => {
        throw new Error('unforeseen');
      },
    });
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser, { expected: 'anyone' });
    await browser.open(flow.share(redirectUri));
    expect(await flow.flow.status(verificationId)).toMatchObject({ state: 'needs_person' });
    expect(await flow.flow.result(verificationId)).toEqual({ outcome: 'unreadable' });
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'unreadable_answer'],
    ['a name that is no text', { identity: { fullName: 42 } }, 'unreadable_answer'],
    ['an empty name', { identity: { fullName: ' ', dateOfBirth: anh.dateOfBirth } }, 'unreadable_answer'],
    [
      'a birth date in another form',
      { identity: { fullName: anh.fullName, dateOfBirth: '02/11/2001' } },
      'no_birth_date',
    ],
  ])('a reader of the host that gives %s breaks nothing', async (_, answer, reason) => {
    const flow = await openVerify({ readIdentity: () => answer as ReadAnswer });
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    await browser.open(flow.share(redirectUri));
    expect(await flow.flow.status(verificationId)).toMatchObject({
      state: 'needs_person',
      decision: { reason },
    });
  });

  it.each<[string, unknown]>([
    ['without a time zone', '2026-03-02T09:00:30'],
    ['before the request was sent', '2020-01-01T00:00:00Z'],
    ['that is none', 'yesterday'],
    ['that is no text', 17],
  ])(
    'security rule 14: a time of verifying %s lets no early browser see the result',
    async (_, finalizedAt) => {
      let status = 'incomplete';
      const fullName = { full_name: anh.fullName, date_of_birth: anh.dateOfBirth };
      const clock = new StandingClock();
      const seekPass = answeringSeekPass({
        result: () => ({ status, response: { ...fullName, finalized_at: finalizedAt } }),
        now: () => clock.now(),
      });
      const { flow, browser, begin } = await openVerify({ seekPass, clock });
      const early = browser();
      const { verificationId } = await begin(early);
      await early.open(callbackUrl(flow.context, verificationId));
      clock.advance(10 * 60_000);
      status = 'verified';
      await flow.poll({ budgetMs: 1_000 });
      expect((await flow.status(verificationId))?.state).toBe('held');
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '2026-03-02'])(
    'security rule 14: nor does a time of %s that a reader of the host gives',
    async (verifiedAt) => {
      const flow = await openVerify({
        readIdentity: () => ({ identity: anh, verifiedAt: verifiedAt as number }),
      });
      const browser = flow.browser();
      const { verificationId, redirectUri } = await flow.begin(browser);
      await browser.open(callbackUrl(flow.flow.context, verificationId));
      flow.advance({ minutes: 10 });
      flow.share(redirectUri);
      await flow.runDue();
      const row = await flow.store.read.verification('default', verificationId);
      expect(row?.facts.verifiedAt).toBe(flow.options.seekPass.now());
      expect((await flow.flow.status(verificationId))?.state).toBe('held');
    },
  );
});

describe('what is kept', () => {
  it('by default the decision, its time and a keyed hash; not whom we expected, and not the answer', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    await browser.open(flow.share(redirectUri));
    const row = await flow.store.read.verification('default', verificationId);
    expect(row).toMatchObject({ sealedExpected: null, sealedAnswer: null });
    expect(row?.answerHash).toHaveLength(32);
    flow.advance({ hours: 8 * 24 });
    await flow.runDue();
    const purged = await flow.store.read.verification('default', verificationId);
    expect(purged).toMatchObject({ wrappedKey: null, sealedDetails: null, purgeAt: null });
    expect((await flow.flow.status(verificationId))?.state).toBe('matched');
    expect((await browser.open(callbackUrl(flow.flow.context, verificationId))).title).toBe('Thank you');
  });

  it('with a retention the answer too, sealed, for that long', async () => {
    const flow = await openVerify({ retention: { resultForDays: 30 } });
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    await browser.open(flow.share(redirectUri));
    flow.sandbox.control.reset();
    const known = { outcome: 'identity', verdict: 'matched', identity: { fullName: anh.fullName } };
    expect(await flow.flow.result(verificationId)).toMatchObject(known);
    flow.advance({ hours: 29 * 24 });
    await flow.runDue();
    expect(await flow.flow.result(verificationId)).toMatchObject(known);
    flow.advance({ hours: 24 });
    await flow.runDue();
    expect(await flow.flow.result(verificationId)).toEqual({ outcome: 'gone' });
  });

  it('an answer that comes after all was wiped is for a person to look at', async () => {
    const flow = await openVerify({ giveUpAfterMs: 60_000 });
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    flow.advance({ minutes: 2 });
    await flow.runDue();
    // Our week passes, and SEEK Pass keeps the request for longer than we think.
    flow.clock.advance(8 * 24 * 3_600_000);
    await flow.runDue();
    expect((await flow.store.read.verification('default', verificationId))?.wrappedKey).toBeNull();
    await browser.open(flow.share(redirectUri));
    expect(await flow.flow.status(verificationId)).toMatchObject({
      state: 'needs_person',
      decision: { reason: 'expectation_gone' },
    });
  });

  it('an answer that names another person than the one decided on is given to nobody', async () => {
    let person = { full_name: anh.fullName, date_of_birth: anh.dateOfBirth };
    const seekPass = answeringSeekPass({ result: () => ({ status: 'verified', response: person }) });
    const { flow, browser, begin } = await openVerify({ seekPass });
    const learner = browser();
    const { verificationId } = await begin(learner);
    await learner.open(callbackUrl(flow.context, verificationId));
    person = { full_name: somchai.fullName, date_of_birth: somchai.dateOfBirth };
    expect(await flow.result(verificationId)).toEqual({ outcome: 'changed' });
  });
});

describe('redaction', () => {
  it('wipes everything, says who did it, and nothing is learned afterwards', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    const word = { who: 'staff-7', reason: 'person_asked' } as const;
    expect(await flow.flow.redact(verificationId, word)).toBe('redacted');
    expect(await flow.flow.redact(verificationId, word)).toBe('redacted_before');
    expect(await flow.flow.redact('unknown', word)).toBe('unknown_verification');
    const { requestId } = flow.sandbox.control.verifications.list()[0] ?? { requestId: '' };
    const callback = flow.share(redirectUri);
    const before = flow.sandbox.control.requests.list().length;
    await flow.flow.inboxHandler(verifiedEvent(requestId), control);
    const page = await browser.open(callback);
    flow.advance({ hours: 72 });
    await flow.runDue();
    expect(page.title).toBe('The result does not go to this browser');
    expect(flow.sandbox.control.requests.list()).toHaveLength(before);
    expect(await flow.flow.status(verificationId)).toMatchObject({ state: 'redacted' });
    expect(await flow.flow.result(verificationId)).toEqual({ outcome: 'gone' });
    expect(flow.told).toEqual([]);
    expect(await flow.flow.byReference('application 17')).toEqual([]);
    expect(await flow.store.read.auditOf('default', `verification:${verificationId}`, 9)).toMatchObject([
      { who: 'staff-7', what: 'verification_redacted', why: 'person_asked' },
    ]);
  });

  it('of a person reaches every verification with the same subject, and no other', async () => {
    const flow = await openVerify();
    const ids: string[] = [];
    for (const subject of ['sis:1', 'sis:1', 'sis:2']) {
      ids.push((await flow.begin(flow.browser(), { subject })).verificationId);
    }
    const { lookupKey, issuer } = flow.flow.context;
    const redacted = await flow.store.transaction((tx) =>
      redactVerificationsOf(tx, {
        issuer,
        subjectHash: subjectHash({ lookupKey, issuer }, 'sis:1'),
        at: flow.clock.now(),
        who: 'staff-7',
        why: 'erased',
      }),
    );
    expect(redacted).toBe(2);
    const states = await Promise.all(ids.map(async (id) => (await flow.flow.status(id))?.state));
    expect(states).toEqual(['redacted', 'redacted', 'open']);
  });
});
