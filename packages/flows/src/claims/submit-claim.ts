import type { AddResult, SubmissionStatus } from '@seek-pass-kit/core';
import { planAttempt, submissionId } from '@seek-pass-kit/core';
import { claimability, isHeld, withSubmission } from '../awards/award-facts.ts';
import { decideAnew } from '../awards/decide-anew.ts';
import { decideTogether } from '../awards/decide-together.ts';
import { openAward } from '../awards/open-award.ts';
import { recordOutcome } from '../awards/record-outcome.ts';
import {
  deliverAgain,
  deliverAnew,
  type DeliveredCredential,
  type LeavingAttempt,
} from '../documents/document-delivery.ts';
import { uploadDocument } from '../documents/upload-document.ts';
import type { FlowContext } from '../flow-context.ts';
import { scheduleUnfinishedMail } from '../mail/reminder-jobs.ts';
import { judgeStatus, pollAgainAt } from '../polling/judge-status.ts';
import { nextPollAt } from '../polling/poll-plan.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { AwardRow, HistoryRow, SubmissionRow } from '../store/rows.ts';
import { isRefusalOfPayload, unavailable } from './failed-call.ts';

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
 * - `not_claimable`: withdrawn, superseded, rejected, its file was deleted, a newer link was sent, or there is no such award.
 * - `confirm_again`: it was added, declined or closed before; ask first.
 * - `paused`: the issuer stopped issuing for now, or the recipient was changed less than 24 hours ago; the link stays good.
 * - `rejected`: SEEK Pass refused the payload; a person must mend it.
 * - `unavailable`: SEEK Pass does not answer, or says what this version does not know; the place is kept, trying again is safe.
 */
export type ClaimOutcome =
  | { readonly outcome: 'redirect'; readonly redirectUri: string }
  | { readonly outcome: 'not_claimable' | 'confirm_again' | 'paused' | 'rejected' }
  | { readonly outcome: 'unavailable'; readonly retryAfterMs?: number };

/** What SEEK Pass said when it was asked. */
interface Answer {
  readonly status: SubmissionStatus;
  readonly askedAt: number;
}

/** A submission that is stored, and what it sends. */
interface Leaving extends DeliveredCredential {
  readonly submission: SubmissionRow;
}

/** What the transaction decided. */
type Decision =
  | { readonly act: 'submit'; readonly leaving: Leaving }
  | { readonly act: 'ask'; readonly submission: SubmissionRow }
  | { readonly act: 'stop'; readonly outcome: 'not_claimable' | 'confirm_again' | 'paused' | 'unavailable' };

/**
 * The one place where a credential leaves for SEEK Pass. The submission is stored, with its id and payload hash, before
 * the POST; so a crash, a second tab or a second worker repeats that id, and SEEK Pass sees one submission.
 *
 * @throws what waiting does not mend: a store that is down, a key that is missing, a `redirect_uri` that leads elsewhere.
 */
export async function submitClaim(context: FlowContext, claim: ClaimRequest): Promise<ClaimOutcome> {
  const claimed = await decideAndPost(context, claim);
  context.onNotice?.({ event: 'claim_ended', awardId: claim.awardId, outcome: claimed.outcome });
  return claimed;
}

async function decideAndPost(context: FlowContext, claim: ClaimRequest): Promise<ClaimOutcome> {
  let answer: Answer | undefined;
  // Decide, ask SEEK Pass, decide again; once more when another tab started a new attempt meanwhile.
  for (let round = 0; round < 3; round += 1) {
    const known = answer;
    const decision = await decideTogether(context.store, claim.awardId, (tx) =>
      decide(context, tx, claim, known),
    );
    if (decision.act === 'stop') return { outcome: decision.outcome };
    if (decision.act === 'submit') return post(context, decision.leaving);
    try {
      const askedAt = context.seekPass.now();
      const [status] = await context.seekPass.statuses([decision.submission.id], { lane: 'claims' });
      answer = status === undefined ? undefined : { status, askedAt };
    } catch (error) {
      return unavailable(error);
    }
  }
  return { outcome: 'unavailable' };
}

/** What SEEK Pass said is stored here whatever is decided: nobody else may come to ask again. */
async function decide(
  context: FlowContext,
  tx: StoreTransaction,
  claim: ClaimRequest,
  answer: Answer | undefined,
): Promise<Decision> {
  const { issuer } = context;
  const stored = await tx.lockAward(issuer, claim.awardId);
  if (stored === undefined) return { act: 'stop', outcome: 'not_claimable' };
  const [submissions, isStopped, recipient] = await Promise.all([
    tx.submissions(issuer, stored.id),
    tx.isStopped(issuer, stored.credentialType),
    tx.recipient(issuer, stored.recipientId),
  ]);
  const last = submissions.at(-1);
  const now = context.seekPass.now();
  const news = last === undefined || answer?.status.id !== last.id ? undefined : answer;
  const award =
    last === undefined || news === undefined ? stored : await learn(context, tx, stored, last, news, now);

  if (award.generation !== claim.generation) return { act: 'stop', outcome: 'not_claimable' };
  const may = claimability(award.facts);
  if (may === 'no') return { act: 'stop', outcome: 'not_claimable' };
  if (isStopped) return { act: 'stop', outcome: 'paused' };
  if (isHeld(award.facts, context.clock.now())) return { act: 'stop', outcome: 'paused' };
  if (may === 'again' && !claim.again) return { act: 'stop', outcome: 'confirm_again' };

  const content = await openAward(context, recipient, award);
  if (content === undefined || recipient === undefined) return { act: 'stop', outcome: 'not_claimable' };
  const isOpen = award.facts.submissions.at(-1)?.outcome === 'open';
  const holding = { award, recipient, content };
  if (last === undefined || !isOpen) {
    return submitAnew(context, tx, { ...holding, attempt: (last?.attempt ?? 0) + 1 }, now);
  }
  const plan = planAttempt({ last, now, ...(news === undefined ? {} : { status: news.status.status }) });
  switch (plan.action) {
    case 'ask_status':
      return { act: 'ask', submission: last };
    case 'submit':
      if (plan.repeats) return repeat(context, tx, { ...holding, attempt: last.attempt }, last);
      return submitAnew(context, tx, { ...holding, attempt: plan.attempt }, now);
    case 'done':
    case 'wait':
      // A status this version does not know: nothing is sent on a guess.
      return { act: 'stop', outcome: 'unavailable' };
  }
}

/** Records what SEEK Pass has just said about the last submission. */
async function learn(
  context: FlowContext,
  tx: StoreTransaction,
  award: AwardRow,
  last: SubmissionRow,
  { status, askedAt }: Answer,
  now: number,
): Promise<AwardRow> {
  const learned = await recordOutcome(context, tx, award, last, {
    outcome: judgeStatus(status, last, { askedAt, answeredAt: now }),
    lastAskedAt: askedAt,
    nextPollAt: pollAgainAt(last, askedAt),
  });
  return learned.award;
}

/** Sends what a stored attempt sent, word by word. */
async function repeat(
  context: FlowContext,
  tx: StoreTransaction,
  attempt: LeavingAttempt,
  submission: SubmissionRow,
): Promise<Decision> {
  const delivered = await deliverAgain(context, tx, attempt);
  if (delivered === undefined) return { act: 'stop', outcome: 'not_claimable' };
  return { act: 'submit', leaving: { submission, ...delivered } };
}

/** Stores the next attempt before anything is sent. */
async function submitAnew(
  context: FlowContext,
  tx: StoreTransaction,
  leaving: LeavingAttempt,
  now: number,
): Promise<Decision> {
  const { award, content, attempt } = leaving;
  const delivered = await deliverAnew(context, tx, leaving, now);
  if (delivered === undefined) return { act: 'stop', outcome: 'not_claimable' };
  const { issuer, namespace, clock } = context;
  const submission: SubmissionRow = {
    issuer,
    id: submissionId({ namespace, key: content.key, version: award.version, attempt }),
    awardId: award.id,
    attempt,
    payloadHash: award.payloadHash,
    submittedAt: now,
    acknowledged: false,
    outcome: 'open',
    lastAskedAt: null,
    nextPollAt: nextPollAt(now) ?? null,
  };
  const facts = withSubmission(award.facts, { attempt, outcome: 'open' });
  const line: HistoryRow = {
    issuer,
    awardId: award.id,
    at: clock.now(),
    who: 'learner',
    what: 'submitted',
    why: `attempt ${attempt}`,
    payloadHash: award.payloadHash,
  };
  await Promise.all([
    tx.insertSubmission(submission),
    tx.updateAward({ ...award, facts }),
    tx.appendHistory([line]),
    scheduleUnfinishedMail(context, tx, award.recipientId, submission),
  ]);
  return { act: 'submit', leaving: { submission, ...delivered } };
}

async function post(
  context: FlowContext,
  { submission, credential, upload }: Leaving,
): Promise<ClaimOutcome> {
  let added: AddResult;
  try {
    added = await context.seekPass.add({ id: submission.id, credential }, { lane: 'claims' });
    if (!submission.acknowledged) await acknowledge(context, submission);
  } catch (error) {
    // SEEK Pass took this payload before: what it refuses now is something else.
    if (submission.acknowledged || !isRefusalOfPayload(error)) return unavailable(error);
    await recordRefusal(context, submission);
    return { outcome: 'rejected' };
  }
  try {
    if (upload !== undefined) await uploadDocument(context, submission, added.response);
  } catch (error) {
    return unavailable(error);
  }
  return { outcome: 'redirect', redirectUri: added.redirectUri };
}

function acknowledge({ issuer, store }: FlowContext, { id, awardId }: SubmissionRow): Promise<void> {
  return decideTogether(store, awardId, (tx) => tx.acknowledgeSubmission(issuer, id));
}

/** Refuses the submission as it is now: a poll may have come between. */
function recordRefusal(context: FlowContext, { id, awardId }: SubmissionRow): Promise<void> {
  const { issuer, store } = context;
  return decideAnew(store, async (tx) => {
    const award = await tx.lockAward(issuer, awardId);
    const stored = (await tx.submissions(issuer, awardId)).find((submission) => submission.id === id);
    if (award === undefined || stored === undefined) return;
    const { lastAskedAt } = stored;
    await recordOutcome(context, tx, award, stored, { outcome: 'refused', lastAskedAt, nextPollAt: null });
  });
}
