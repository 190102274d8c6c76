import { SeekPassError, type SubmissionStatus } from '@seek-pass-kit/core';
import { openSubmission } from '../awards/award-facts.ts';
import type { FlowContext } from '../flow-context.ts';
import type { SubmissionRow } from '../store/rows.ts';
import { recordStatuses } from './poll-submissions.ts';

/** However often a page is loaded, SEEK Pass is asked about an award once in this time. */
const leastBetweenLooksMs = 2_000;

/** A page waits for the answer, so not for long: polling goes on anyway. */
const patienceMs = 3_000;

/**
 * Asks SEEK Pass now about those of these awards that are open there: for a page of the host that the recipient comes back to, which
 * would otherwise say "waiting" until the next poll, minutes later. What has ended is recorded as a poll would, so `onEvent` hears of it.
 * When SEEK Pass does not answer in three seconds, nothing changes. Call it for what a page shows, not for lists of everybody: that is
 * what polling does, and `reconcile`.
 */
export async function lookAgain(context: FlowContext, awardIds: readonly string[]): Promise<void> {
  const found = await Promise.all(awardIds.map((awardId) => openOf(context, awardId)));
  const open = found.filter((submission) => submission !== undefined);
  if (open.length === 0) return;
  const { seekPass } = context;
  const askedAt = seekPass.now();
  let statuses: readonly SubmissionStatus[];
  try {
    const ids = open.map(({ id }) => id);
    statuses = await seekPass.statuses(ids, { lane: 'claims', deadlineMs: patienceMs });
  } catch (error) {
    if (SeekPassError.is(error) && error.code !== 'invalid_configuration') return;
    throw error;
  }
  await recordStatuses(context, open, statuses, { askedAt, answeredAt: seekPass.now() });
}

/** The submission of an award to ask about now. */
async function openOf(
  { issuer, store, clock }: FlowContext,
  awardId: string,
): Promise<SubmissionRow | undefined> {
  const award = await store.read.award(issuer, awardId);
  const attempt = award === undefined ? undefined : openSubmission(award.facts)?.attempt;
  if (attempt === undefined) return undefined;
  const limit = `award-look:${issuer}:${awardId}`;
  const { allowed } = await store.limits.take(limit, 1, leastBetweenLooksMs, clock.now());
  if (!allowed) return undefined;
  return (await store.read.submissions(issuer, awardId)).find((submission) => submission.attempt === attempt);
}
