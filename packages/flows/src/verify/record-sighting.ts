import type { StoreTransaction } from '../store/ports.ts';
import type { VerificationRow } from '../store/verifications.ts';
import {
  type Decision,
  isUndecided,
  settlesAt,
  withoutPerson,
  withVerified,
  type VerificationFacts,
} from './verification-facts.ts';
import { eventJobs } from './verification-event.ts';
import type { VerifyContext } from './verify-context.ts';
import { nextVerifyPollAt } from './verify-poll-plan.ts';

/** What SEEK Pass said about a request, judged. Times are by its clock. */
export interface Sighting {
  /** The answer is not older. */
  readonly askedAt: number;
  /** When a sign came that it has ended. */
  readonly signAt?: number;
  readonly seen: 'open' | 'canceled' | 'verified';
  /** Of `verified`. */
  readonly verified?: {
    readonly verifiedAt: number;
    /** Whether SEEK Pass says so; else it is when we learned of it. */
    readonly isToldWhen: boolean;
    readonly decision: Decision;
    readonly answerHash: Uint8Array;
    readonly sealedAnswer: Uint8Array | null;
  };
}

const day = 24 * 3_600_000;

/** What is sealed is kept so long after an end, for a browser that comes back late and for an answer that comes later still. */
export const keepAfterEndMs = 7 * day;

/**
 * Records a sighting under the lock of its verification and tells the host what is new. Weaker and repeated words change nothing that
 * counts. `undefined`: there is no such verification.
 */
export async function recordSighting(
  context: VerifyContext,
  tx: StoreTransaction,
  verificationId: string,
  sighting: Sighting,
): Promise<VerificationRow | undefined> {
  const before = await tx.lockVerification(context.issuer, verificationId);
  if (before === undefined || !isUndecided(before.facts)) return before;
  const { askedAt, verified } = sighting;
  const until = verified?.isToldWhen === true ? settlesAt(before.facts, verified.verifiedAt) : undefined;
  if (until !== undefined && askedAt < until) {
    const lastAskedAt = Math.max(askedAt, before.lastAskedAt ?? 0);
    return storeChange(context, tx, before, { ...before, lastAskedAt, nextPollAt: until });
  }
  return storeChange(context, tx, before, sightedRow(context, before, sighting));
}

/** Stores a changed row, with the jobs that tell the host about it. */
export async function storeChange(
  { clock }: VerifyContext,
  tx: StoreTransaction,
  before: VerificationRow,
  after: VerificationRow,
): Promise<VerificationRow> {
  await tx.updateVerification(after);
  await tx.enqueue(eventJobs(before, after, clock.now()));
  return { ...after, revision: after.revision + 1 };
}

function sightedRow(context: VerifyContext, row: VerificationRow, sighting: Sighting): VerificationRow {
  const { clock, keepAnswerForMs } = context;
  const { askedAt, verified } = sighting;
  const lastAskedAt = Math.max(askedAt, row.lastAskedAt ?? 0);
  if (verified !== undefined) {
    return {
      ...row,
      facts: withVerified(row.facts, verified.verifiedAt, verified.decision),
      // What was expected is decided on, and nothing else needs it.
      sealedExpected: null,
      // With the key of a verification that was wiped meanwhile nobody could open it.
      sealedAnswer: row.wrappedKey === null ? null : verified.sealedAnswer,
      answerHash: verified.answerHash,
      lastAskedAt,
      nextPollAt: null,
      purgeAt: row.wrappedKey === null ? null : clock.now() + (keepAnswerForMs ?? keepAfterEndMs),
    };
  }
  const facts = endedFacts(row, sighting);
  const hasEnded = facts.outcome !== 'open';
  const newlyEnded = hasEnded && row.facts.outcome === 'open';
  return {
    ...row,
    facts,
    lastAskedAt,
    nextPollAt: hasEnded ? null : pollAfter(row, sighting),
    purgeAt: newlyEnded ? clock.now() + keepAfterEndMs : row.purgeAt,
  };
}

/** Open for too long counts as expired; only an answer from after that time can say so. */
function endedFacts({ facts, giveUpAt }: VerificationRow, { seen, askedAt }: Sighting): VerificationFacts {
  if (seen === 'canceled') return withoutPerson(facts, 'canceled');
  return askedAt >= giveUpAt ? withoutPerson(facts, 'expired') : facts;
}

function pollAfter(row: VerificationRow, { askedAt, signAt }: Sighting): number {
  const { requestedAt, giveUpAt, facts } = row;
  const sign = signAt ?? facts.starterCameAt;
  const waiting = { requestedAt: requestedAt ?? askedAt, giveUpAt };
  const next = nextVerifyPollAt({ ...waiting, ...(sign === undefined ? {} : { signAt: sign }) }, askedAt);
  return next ?? giveUpAt;
}
