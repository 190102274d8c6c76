import type { Credential, SubmissionStatus } from '@seek-pass-kit/core';
import { planAttempt, SeekPassError, submissionId } from '@seek-pass-kit/core';
import { claimability, standingOf, withSubmission } from '../awards/award-facts.ts';
import { outcomeOf } from '../awards/submission-outcome.ts';
import type { FlowContext } from '../flow-context.ts';
import { nextPollAt } from '../polling/poll-plan.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { AwardRow, SubmissionRow } from '../store/rows.ts';

/** Who claims what. The caller has proved the recipient (security rule 8). */
export interface ClaimRequest {
  readonly awardId: string;
  /** Of the link that was opened: a newer one kills it. */
  readonly generation: number;
  /** The learner saw that it was added, declined or closed before, and wants it again. */
  readonly again: boolean;
}

/**
 * Where a claim ended. `redirectUri` goes into the answer to this browser and nowhere else (security rule 1).
 *
 * - `not_claimable`: withdrawn, superseded, rejected, a newer link was sent, or there is no such award.
 * - `confirm_again`: it was added, declined or closed before; ask first.
 * - `rejected`: SEEK Pass refused the payload; a person must mend it.
 * - `unavailable`: SEEK Pass does not answer; the place is kept, trying again is safe.
 */
export type ClaimOutcome =
  | { readonly outcome: 'redirect'; readonly redirectUri: string }
  | { readonly outcome: 'not_claimable' | 'confirm_again' | 'rejected' }
  | { readonly outcome: 'unavailable'; readonly retryAfterMs?: number };

/** What the transaction decided. */
type Decision =
  | { readonly act: 'submit'; readonly award: AwardRow; readonly submission: SubmissionRow }
  | { readonly act: 'ask'; readonly submission: SubmissionRow }
  | { readonly act: 'stop'; readonly outcome: 'not_claimable' | 'confirm_again' };

/**
 * The one place where a credential leaves for SEEK Pass. The submission is stored, with its id and payload hash, before
 * the POST; so a crash, a second tab or a second worker repeats that id, and SEEK Pass sees one submission.
 */
export async function submitClaim(context: FlowContext, claim: ClaimRequest): Promise<ClaimOutcome> {
  let status: SubmissionStatus | undefined;
  // At most: decide, ask SEEK Pass, decide again.
  for (let round = 0; round < 2; round += 1) {
    const known = status;
    const decision = await context.store.transaction((tx) => decide(context, tx, claim, known));
    if (decision.act === 'stop') return { outcome: decision.outcome };
    if (decision.act === 'submit') return post(context, decision.award, decision.submission);
    try {
      [status] = await context.seekPass.statuses([decision.submission.id]);
    } catch (error) {
      return unavailable(error);
    }
  }
  return { outcome: 'unavailable' };
}

async function decide(
  context: FlowContext,
  tx: StoreTransaction,
  claim: ClaimRequest,
  status: SubmissionStatus | undefined,
): Promise<Decision> {
  const { issuer } = context;
  const award = await tx.lockAward(issuer, claim.awardId);
  if (award === undefined || award.generation !== claim.generation) return { act: 'stop', outcome: 'not_claimable' };
  const last = (await tx.submissions(issuer, award.id)).sort((a, b) => b.attempt - a.attempt)[0];
  const now = context.seekPass.now();
  const facts = learned(award, last, status, now);
  const may = claimability(facts);
  if (may === 'no') return { act: 'stop', outcome: 'not_claimable' };
  if (may === 'again' && !claim.again) return { act: 'stop', outcome: 'confirm_again' };

  const open = facts.submissions.find(({ attempt }) => attempt === last?.attempt)?.outcome === 'open' ? last : undefined;
  if (open === undefined) return submitAnew(context, tx, { ...award, facts }, (last?.attempt ?? 0) + 1, now);
  const plan = planAttempt({
    last: { attempt: open.attempt, submittedAt: open.submittedAt },
    now,
    ...(status === undefined ? {} : { status: status.status }),
  });
  switch (plan.action) {
    case 'ask_status':
      return { act: 'ask', submission: open };
    case 'submit':
      if (plan.attempt === open.attempt) return { act: 'submit', award, submission: open };
      return submitAnew(context, tx, { ...award, facts }, plan.attempt, now);
    case 'done':
    case 'wait':
      // A status this version does not know: nothing is sent on a guess.
      return { act: 'stop', outcome: 'not_claimable' };
  }
}

/** The award's facts with what SEEK Pass has just said about the last submission. */
function learned(award: AwardRow, last: SubmissionRow | undefined, status: SubmissionStatus | undefined, now: number) {
  if (last === undefined || status === undefined) return award.facts;
  const finalizedAt = status.finalizedAt === undefined ? Number.NaN : Date.parse(status.finalizedAt);
  const sighting = Number.isNaN(finalizedAt)
    ? { status: status.status, seenAt: now }
    : { status: status.status, seenAt: now, finalizedAt };
  const outcome = outcomeOf(sighting, last.submittedAt);
  return outcome === undefined ? award.facts : withSubmission(award.facts, { attempt: last.attempt, outcome });
}

/** Stores the next attempt before anything is sent. */
async function submitAnew(
  context: FlowContext,
  tx: StoreTransaction,
  award: AwardRow,
  attempt: number,
  now: number,
): Promise<Decision> {
  const { key } = await openAward(context, award);
  const submission: SubmissionRow = {
    issuer: context.issuer,
    id: submissionId({ namespace: context.namespace, key, version: award.version, attempt }),
    awardId: award.id,
    attempt,
    payloadHash: award.payloadHash,
    submittedAt: now,
    acknowledged: false,
    outcome: 'open',
    lastAskedAt: null,
    nextPollAt: nextPollAt(now) ?? null,
  };
  await tx.insertSubmission(submission);
  await tx.updateAward({ ...award, facts: withSubmission(award.facts, { attempt, outcome: 'open' }) });
  await tx.appendHistory([
    {
      issuer: context.issuer,
      awardId: award.id,
      at: context.clock.now(),
      who: 'learner',
      what: attempt === 1 ? 'submitted' : 'submitted_again',
      why: attempt === 1 ? null : `attempt ${attempt}`,
      payloadHash: award.payloadHash,
    },
  ]);
  return { act: 'submit', award, submission };
}

async function post(context: FlowContext, award: AwardRow, submission: SubmissionRow): Promise<ClaimOutcome> {
  const { credential } = await openAward(context, award);
  try {
    // What was sealed passed core's schema when it was awarded; core checks it once more before it sends.
    const { redirectUri } = await context.seekPass.add({ id: submission.id, credential: credential as Credential }, { lane: 'claims' });
    if (!submission.acknowledged) {
      await context.store.transaction((tx) => tx.updateSubmission({ ...submission, acknowledged: true }));
    }
    return { outcome: 'redirect', redirectUri };
  } catch (error) {
    if (!SeekPassError.is(error) || (error.code !== 'rejected' && error.code !== 'invalid_payload')) return unavailable(error);
    await context.store.transaction((tx) => recordRefusal(context, tx, submission));
    return { outcome: 'rejected' };
  }
}

async function recordRefusal(context: FlowContext, tx: StoreTransaction, submission: SubmissionRow): Promise<void> {
  const award = await tx.lockAward(context.issuer, submission.awardId);
  if (award === undefined) return;
  const facts = withSubmission(award.facts, { attempt: submission.attempt, outcome: 'refused' });
  if (facts === award.facts) return;
  await tx.updateAward({ ...award, facts });
  await tx.updateSubmission({ ...submission, outcome: 'refused', nextPollAt: null });
  await tx.appendHistory([
    {
      issuer: context.issuer,
      awardId: award.id,
      at: context.clock.now(),
      who: 'system',
      what: 'rejected',
      why: `SEEK Pass refused attempt ${submission.attempt}; now ${standingOf(facts).state}`,
      payloadHash: submission.payloadHash,
    },
  ]);
}

/** Only what SEEK Pass or the network caused; a fault of ours is not dressed up as theirs. */
function unavailable(error: unknown): ClaimOutcome {
  if (!SeekPassError.is(error)) throw error;
  return error.retryAfterMs === undefined
    ? { outcome: 'unavailable' }
    : { outcome: 'unavailable', retryAfterMs: error.retryAfterMs };
}

async function openAward(context: FlowContext, award: AwardRow) {
  const recipient = await context.store.read.recipient(context.issuer, award.recipientId);
  if (recipient === undefined) throw new Error(`Award ${award.id} has no recipient in the store.`);
  return context.records.openAward(await context.records.dataKeyOf(recipient), award);
}
