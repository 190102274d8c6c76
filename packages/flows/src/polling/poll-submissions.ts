import { SeekPassError, type SeekPassErrorCode, type SubmissionStatus } from '@seek-pass-kit/core';
import type { AwardEvent } from '../awards/award-event.ts';
import { decideAnew } from '../awards/decide-anew.ts';
import { recordOutcome } from '../awards/record-outcome.ts';
import type { FlowContext } from '../flow-context.ts';
import type { SubmissionRow } from '../store/rows.ts';
import { type AskedWhen, judgeStatus, pollAgainAt } from './judge-status.ts';

/** How long to poll. */
export interface PollBudget {
  /** No call is begun after this time, in milliseconds. */
  readonly budgetMs: number;
  readonly signal?: AbortSignal;
}

/** What polling found. */
export interface PollReport {
  /** How many submissions SEEK Pass was asked about. */
  readonly asked: number;
  /** In how many calls, failed ones not counted. */
  readonly calls: number;
  /** What became of awards, each recorded in its history. `added_after_withdrawal` needs a person. */
  readonly events: readonly AwardEvent[];
  /** Why polling ended. `failed`: SEEK Pass did not answer; what was asked about is asked again in two minutes. */
  readonly ended: 'nothing_due' | 'out_of_time' | 'aborted' | 'failed';
  /** Of a failed call. */
  readonly error?: { readonly code: SeekPassErrorCode; readonly retryAfterMs?: number };
}

/** SEEK Pass takes this many ids in one call (docs: "Check submission status"). */
const idsPerCall = 30;

/** For this long nobody else asks about what a worker took. */
const leaseMs = 2 * 60_000;

/**
 * Asks SEEK Pass about the submissions that are due, 30 a call, and records what became of them. Any number of workers may
 * run it at once: each due submission is asked about by one of them.
 */
export async function pollSubmissions(
  context: FlowContext,
  { budgetMs, signal }: PollBudget,
): Promise<PollReport> {
  const until = context.clock.now() + budgetMs;
  const events: AwardEvent[] = [];
  let asked = 0;
  let calls = 0;
  for (;;) {
    if (signal?.aborted === true) return { asked, calls, events, ended: 'aborted' };
    if (context.clock.now() >= until) return { asked, calls, events, ended: 'out_of_time' };
    const taken = await takeDue(context);
    if (taken.length === 0) return { asked, calls, events, ended: 'nothing_due' };
    let statuses: readonly SubmissionStatus[];
    const askedAt = context.seekPass.now();
    try {
      const ids = taken.map(({ id }) => id);
      const call = { lane: 'polling', ...(signal === undefined ? {} : { signal }) };
      statuses = await context.seekPass.statuses(ids, call);
    } catch (error) {
      return { asked, calls, events, ...failure(error) };
    }
    asked += taken.length;
    calls += 1;
    const when = { askedAt, answeredAt: context.seekPass.now() };
    events.push(...(await recordStatuses(context, taken, statuses, when)));
  }
}

/** Takes due submissions: nobody else asks about them until the end of the lease. */
function takeDue({ issuer, seekPass, store }: FlowContext): Promise<SubmissionRow[]> {
  const now = seekPass.now();
  return store.transaction((tx) => tx.takeSubmissionsDue(issuer, now, now + leaseMs, idsPerCall));
}

/** Records the statuses of submissions in one transaction. Most are open still, and are put off together. */
export function recordStatuses(
  context: FlowContext,
  submissions: readonly SubmissionRow[],
  statuses: readonly SubmissionStatus[],
  when: AskedWhen,
): Promise<AwardEvent[]> {
  const { issuer, store } = context;
  const statusOf = new Map(statuses.map((status) => [status.id, status]));
  const open: SubmissionRow[] = [];
  const ended: Array<{ readonly submission: SubmissionRow; readonly status: SubmissionStatus }> = [];
  for (const submission of inLockOrder(submissions)) {
    const status = statusOf.get(submission.id);
    if (status === undefined) continue;
    if (judgeStatus(status, submission, when) === 'open') open.push(submission);
    else ended.push({ submission, status });
  }
  return decideAnew(store, async (tx) => {
    const events: AwardEvent[] = [];
    for (const { submission, status } of ended) {
      const { id, awardId } = submission;
      const award = await tx.lockAward(issuer, awardId);
      const stored = (await tx.submissions(issuer, awardId)).find((row) => row.id === id);
      if (award === undefined || stored === undefined) continue;
      const { event } = await recordOutcome(context, tx, award, stored, {
        outcome: judgeStatus(status, stored, when),
        lastAskedAt: when.askedAt,
        nextPollAt: pollAgainAt(stored, when.askedAt),
      });
      if (event !== undefined) events.push(event);
    }
    const lastAskedAt = when.askedAt;
    await tx.postponeSubmissions(
      issuer,
      open.map((row) => ({ id: row.id, lastAskedAt, nextPollAt: pollAgainAt(row, lastAskedAt) })),
    );
    return events;
  });
}

/** Everybody locks in this order, so that no two transactions wait for each other. */
function inLockOrder(submissions: readonly SubmissionRow[]): SubmissionRow[] {
  return submissions.toSorted((a, b) => (a.awardId < b.awardId ? -1 : Number(a.awardId > b.awardId)));
}

function failure(error: unknown): Pick<PollReport, 'ended' | 'error'> {
  if (!SeekPassError.is(error) || error.code === 'invalid_configuration') throw error;
  if (error.code === 'aborted') return { ended: 'aborted' };
  const { code, retryAfterMs } = error;
  return { ended: 'failed', error: retryAfterMs === undefined ? { code } : { code, retryAfterMs } };
}
