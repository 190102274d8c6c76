import { SeekPassError } from '@seek-pass-kit/core';
import { describe, expect, test } from 'vitest';
import { issueAwards } from '../src/awards/issue-awards.ts';
import { submitClaim } from '../src/claims/submit-claim.ts';
import type { FlowNotice } from '../src/flow-notice.ts';
import { runDue } from '../src/jobs/runner.ts';
import { reconcile } from '../src/polling/reconcile.ts';
import { awardInput, sampleRun } from './add-flow-fixture.ts';
import { openMails, otherAward } from './mail/mail-fixture.ts';

async function openTold() {
  const told: FlowNotice[] = [];
  const flow = await openMails({ onNotice: (notice) => told.push(notice) });
  const awardId = await flow.issue();
  told.length = 0;
  return { ...flow, awardId, told };
}

describe('the host is told', () => {
  test('how each claim of which award ended', async () => {
    const { context, awardId, told } = await openTold();
    await submitClaim(context, { awardId, generation: 1, again: false });
    await submitClaim(context, { awardId, generation: 7, again: false });
    expect(told).toEqual([
      { event: 'claim_ended', awardId, outcome: 'redirect' },
      { event: 'claim_ended', awardId, outcome: 'not_claimable' },
    ]);
  });

  test('of each batch, how many awards came out how', async () => {
    const { context, told } = await openTold();
    const refused = awardInput({ key: '' });
    const inputs = [awardInput(), awardInput(otherAward('b', 'Rigging')), refused];
    for await (const _ of issueAwards(context, inputs, sampleRun));
    expect(told).toEqual([{ event: 'awards_issued', results: { unchanged: 1, created: 1, refused: 1 } }]);
  });

  test('of mails that are refused or of unknown fate, once each', async () => {
    const { mails, work, awardId, told, issue } = await openTold();
    mails.answers.push({ outcome: 'refused', code: '550' });
    await work();
    await issue(otherAward('b', 'Rigging'), { ...sampleRun, runId: 'run-2' });
    mails.answers.push(new Error('lan@example.edu hung up'));
    await work();
    const failed = told.filter(({ event }) => event === 'mail_failed');
    expect(failed).toEqual([
      {
        event: 'mail_failed',
        mailId: expect.any(String),
        kind: 'claim',
        state: 'refused',
        awardIds: [awardId],
      },
      expect.objectContaining({ kind: 'claim', state: 'unknown' }),
    ]);
    await work();
    expect(told.filter(({ event }) => event === 'mail_failed')).toHaveLength(2);
  });

  test('of jobs that are set aside, with a code and no message', async () => {
    const { context, told } = await openTold();
    const { store, clock, random, issuer, onNotice } = context;
    const handlers = {
      claim_mail: async () => {
        throw new SeekPassError('invalid_payload', 'Lan has no birth date.');
      },
    };
    const runner = {
      store,
      clock,
      random,
      issuers: [issuer],
      ...(onNotice === undefined ? {} : { onNotice }),
    };
    await runDue(runner, { budgetMs: 1_000, handlers });
    expect(told).toEqual([
      { event: 'job_dead', jobId: expect.any(String), kind: 'claim_mail', reason: 'invalid_payload' },
    ]);
  });

  test('of what SEEK Pass says otherwise, without the id of the submission', async () => {
    const { context, awardId, told, sandbox, store } = await openTold();
    const claimed = await submitClaim(context, { awardId, generation: 1, again: false });
    const link = claimed.outcome === 'redirect' ? claimed.redirectUri : '';
    sandbox.control.learner.consent({ link, email: 'lan@example.edu' });
    told.length = 0;
    for await (const _ of reconcile(context));
    const [submission] = await store.read.submissions('default', awardId);
    expect(told).toEqual([
      {
        event: 'drift_found',
        kind: 'missed',
        awardId,
        attempt: 1,
        ours: 'open',
        theirs: 'verified',
        mended: true,
      },
    ]);
    expect(JSON.stringify(told)).not.toContain(submission?.id);
  });
});
