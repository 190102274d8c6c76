import { SeekPassError } from '@seek-pass-kit/core';
import { decideAnew } from '../awards/decide-anew.ts';
import type { PollBudget, PollReport } from '../polling/poll-submissions.ts';
import type { VerificationRow } from '../store/verifications.ts';
import { learnResult } from './learn-result.ts';
import { recordSighting } from './record-sighting.ts';
import { isUndecided } from './verification-facts.ts';
import type { VerifyContext } from './verify-context.ts';

/** What polling verifications found. */
export interface VerifyPollReport extends Pick<PollReport, 'asked' | 'ended' | 'error'> {
  /** How many of them have ended. */
  readonly finished: number;
}

/** For this long nobody else asks about what a worker took. */
const leaseMs = 2 * 60_000;
const atOnce = 8;

/**
 * Asks SEEK Pass about the verifications that are due, so that each one ends when no webhook ever comes. Any number of workers may run
 * it at once: each due verification is asked about by one of them.
 */
export async function pollVerifications(
  context: VerifyContext,
  { budgetMs, signal }: PollBudget,
): Promise<VerifyPollReport> {
  const { clock, seekPass, store, issuer } = context;
  const until = clock.now() + budgetMs;
  const counts = { asked: 0, finished: 0 };
  for (;;) {
    if (signal?.aborted === true) return { ...counts, ended: 'aborted' };
    if (clock.now() >= until) return { ...counts, ended: 'out_of_time' };
    const now = seekPass.now();
    const taken = await store.transaction((tx) =>
      tx.takeVerificationsDue(issuer, now, now + leaseMs, atOnce),
    );
    if (taken.length === 0) return { ...counts, ended: 'nothing_due' };
    const looks = await Promise.allSettled(taken.map((row) => look(context, row, signal)));
    for (const outcome of looks) {
      if (outcome.status === 'rejected') continue;
      counts.asked += 1;
      if (outcome.value !== undefined && !isOpen(outcome.value)) counts.finished += 1;
    }
    const failed = looks.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) return { ...counts, ...failure(failed.reason) };
  }
}

function look(
  context: VerifyContext,
  row: VerificationRow,
  signal: AbortSignal | undefined,
): Promise<VerificationRow | undefined> {
  if (row.requestedAt === null) {
    // A start link that nobody used: SEEK Pass has never heard of it.
    const sighting = { askedAt: context.seekPass.now(), seen: 'open' } as const;
    return decideAnew(context.store, (tx) => recordSighting(context, tx, row.id, sighting));
  }
  return learnResult(context, row.id, { lane: 'polling', ...(signal === undefined ? {} : { signal }) });
}

function isOpen({ facts }: VerificationRow): boolean {
  return isUndecided(facts) && facts.outcome === 'open';
}

/** What was asked about is asked again when its lease ends. */
function failure(error: unknown): Pick<VerifyPollReport, 'ended' | 'error'> {
  if (!SeekPassError.is(error) || error.code === 'invalid_configuration') throw error;
  if (error.code === 'aborted') return { ended: 'aborted' };
  const { code, retryAfterMs } = error;
  return { ended: 'failed', error: retryAfterMs === undefined ? { code } : { code, retryAfterMs } };
}
