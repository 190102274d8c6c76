import { randomUUID } from 'node:crypto';
import type { FlowContext } from '../flow-context.ts';
import { claimMailJob } from './claim-mail-job.ts';
import { decideAnew } from './decide-anew.ts';
import type { LinkRequest } from './claim-link.ts';

/** A person who asks again and again is nervous; a learner who gets four mails in an hour is worse off. */
const mostAnHour = 3;
const hourMs = 3_600_000;

/**
 * - `queued`: the mail leaves with the next jobs.
 * - `closed`: withdrawn or superseded, there is nothing to claim.
 * - `too_often`: three mails were asked for within this hour.
 */
export type ResendOutcome = 'queued' | 'unknown_award' | 'closed' | 'too_often';

/**
 * Mails the recipient once more about everything of theirs that can be claimed, at the address on record. The link stays the
 * one they have; to kill it, rotate it first. The award's history says who asked.
 */
export async function resendClaimMail(
  { issuer, clock, store }: FlowContext,
  { awardId, who }: LinkRequest,
): Promise<ResendOutcome> {
  const award = await store.read.award(issuer, awardId);
  if (award === undefined) return 'unknown_award';
  if (award.facts.linkClosure !== undefined) return 'closed';
  const at = clock.now();
  const { allowed } = await store.limits.take(`resend:${issuer}:${awardId}`, mostAnHour, hourMs, at);
  if (!allowed) return 'too_often';
  const runId = `resend-${randomUUID()}`;
  return decideAnew(store, async (tx): Promise<ResendOutcome> => {
    const locked = await tx.lockAward(issuer, awardId);
    if (locked === undefined) return 'unknown_award';
    if (locked.facts.linkClosure !== undefined) return 'closed';
    await tx.enqueue([claimMailJob(issuer, runId, locked.recipientId, at)]);
    await tx.appendHistory([
      { issuer, awardId, at, who, what: 'mail_requested', why: null, payloadHash: null },
    ]);
    return 'queued';
  });
}
