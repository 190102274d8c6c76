/**
 * Where a verification can stand.
 *
 * - `created`: stored; nobody was sent to SEEK Pass yet.
 * - `failed`: SEEK Pass did not take the request, so nobody was sent there. A start link may be tried again.
 * - `open`: SEEK Pass took the request; the person is there, or has gone.
 * - `held`: SEEK Pass verified somebody, and the browser that started did not come back from there in time, or another one came. Nobody
 *   gets this result: start another verification.
 * - `matched`, `mismatched`, `needs_person`, `anyone`: SEEK Pass verified somebody, in the browser that started; see {@link Verdict}.
 * - `canceled`: SEEK Pass says that it was canceled.
 * - `expired`: judged by time.
 * - `redacted`: its data is gone, and nothing more is learned of it.
 */
export type VerificationState =
  | 'created'
  | 'failed'
  | 'open'
  | 'expired'
  | 'canceled'
  | 'held'
  | Verdict
  | 'redacted';

/**
 * What came of comparing the person that SEEK Pass verified with the one that was expected.
 *
 * - `matched`: name and birth date are those of the expected person.
 * - `mismatched`: it is somebody else.
 * - `needs_person`: a person has to look: the names are alike and not the same, or the answer could not be read.
 * - `anyone`: nobody in particular was expected.
 */
export type Verdict = 'matched' | 'mismatched' | 'needs_person' | 'anyone';

/** Why a {@link Verdict} is what it is. Says nothing of the person. */
export type VerdictReason =
  | 'same_person'
  | 'anyone_expected'
  | 'other_name'
  | 'other_birth_date'
  | 'similar_name'
  | 'no_birth_date'
  | 'unreadable_answer'
  | 'expectation_gone';

/** A verdict, made once. */
export interface Decision {
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  /** When it was made, in milliseconds since the epoch. */
  readonly at: number;
}

/** What is known of the end at SEEK Pass. The later word of this list wins over an earlier one, whichever comes first. */
export type VerificationOutcome = 'open' | 'expired' | 'canceled' | 'verified';

/**
 * Everything that the state of a verification depends on. The state is computed from these facts and never stored as an order of
 * events: callback, webhook, poll and expiry may come twice, late or in any order, and the end is the same.
 */
export interface VerificationFacts {
  /** `none`: not answered, or not sent yet. */
  readonly request: 'none' | 'failed' | 'taken';
  readonly outcome: VerificationOutcome;
  /** When the starting browser came back first, by SEEK Pass's clock. */
  readonly starterCameAt?: number;
  /** When another browser came with the one-time value, before the result was released. */
  readonly otherCameAt?: number;
  /** Of `verified`: when SEEK Pass says that it was, or when we learned of it; by SEEK Pass's clock. */
  readonly verifiedAt?: number;
  /** Of `verified`. */
  readonly decision?: Decision;
  readonly redactedAt?: number;
}

/** Where a verification stands. `inferred`: judged by time. */
export interface VerificationStanding {
  readonly state: VerificationState;
  readonly evidence: 'observed' | 'inferred';
  /** Absent while it is held. */
  readonly decision?: Decision;
}

/** The facts of a verification for which nothing was sent yet. */
export const noVerificationFacts: VerificationFacts = { request: 'none', outcome: 'open' };

/**
 * How late SEEK Pass may say `verified` after its own redirect, in milliseconds. An assumption: what it does is not documented. Longer
 * helps whoever got hold of the one-time value of an own verification, uses it early and has somebody else complete it.
 */
export const callbackLagMs = 60_000;

/** Where a verification with these facts stands. */
export function verificationStandingOf(facts: VerificationFacts): VerificationStanding {
  const { decision } = facts;
  if (facts.redactedAt !== undefined) return { state: 'redacted', evidence: 'observed' };
  switch (facts.outcome) {
    case 'verified':
      if (decision === undefined || !isReleased(facts)) return { state: 'held', evidence: 'observed' };
      return { state: decision.verdict, evidence: 'observed', decision };
    case 'canceled':
      return { state: 'canceled', evidence: 'observed' };
    case 'expired':
      return { state: 'expired', evidence: 'inferred' };
    case 'open':
      return {
        state: facts.request === 'none' ? 'created' : requestStates[facts.request],
        evidence: 'observed',
      };
  }
}

const requestStates = { failed: 'failed', taken: 'open' } as const;

/**
 * Whether the browser that started may see what came of it (security rule 14): it came back itself, no other browser did before, and
 * not long before somebody was verified.
 */
export function isReleased({ outcome, starterCameAt, otherCameAt, verifiedAt }: VerificationFacts): boolean {
  if (outcome !== 'verified' || starterCameAt === undefined || verifiedAt === undefined) return false;
  return otherCameAt === undefined && verifiedAt <= starterCameAt + callbackLagMs;
}

/** The clock of SEEK Pass is known to about a second, and it tells times in whole seconds. */
const inaccuracyMs = 2_000;

/** For so long the browser of whoever completed it may be on its way here, in milliseconds. */
const onItsWayMs = 15_000;

/**
 * Until when a result waits that would be released to a browser which came before anybody was verified: if that was not who completed
 * it, the browser of whoever did comes now, and the result is held. `undefined`: it waits for nothing.
 *
 * @param verifiedAt when SEEK Pass says that somebody was verified.
 */
export function settlesAt(facts: VerificationFacts, verifiedAt: number): number | undefined {
  const { starterCameAt } = facts;
  if (starterCameAt === undefined || verifiedAt <= starterCameAt + inaccuracyMs) return undefined;
  return isReleased({ ...facts, outcome: 'verified', verifiedAt }) ? verifiedAt + onItsWayMs : undefined;
}

/** Whether SEEK Pass can still say something that counts. */
export function isUndecided({ outcome, redactedAt }: VerificationFacts): boolean {
  return outcome !== 'verified' && redactedAt === undefined;
}

/** Notes that SEEK Pass took the request, or that it did not: what was taken once stays so. */
export function withRequest(facts: VerificationFacts, request: 'failed' | 'taken'): VerificationFacts {
  if (facts.redactedAt !== undefined || facts.request === 'taken' || facts.request === request) return facts;
  return { ...facts, request };
}

/** Notes which browser came with the one-time value. The first time of each counts; after the release no other browser takes it back. */
export function withCallback(
  facts: VerificationFacts,
  browser: 'starter' | 'other',
  at: number,
): VerificationFacts {
  if (facts.redactedAt !== undefined) return facts;
  if (browser === 'starter')
    return facts.starterCameAt === undefined ? { ...facts, starterCameAt: at } : facts;
  if (facts.otherCameAt !== undefined || isReleased(facts)) return facts;
  return { ...facts, otherCameAt: at };
}

/** Notes an end without a verified person; a stronger word stays. */
export function withoutPerson(facts: VerificationFacts, outcome: 'expired' | 'canceled'): VerificationFacts {
  if (facts.redactedAt !== undefined || strength[outcome] <= strength[facts.outcome]) return facts;
  return { ...facts, outcome };
}

/** Notes that somebody was verified, with the decision about it: the first one counts. */
export function withVerified(
  facts: VerificationFacts,
  verifiedAt: number,
  decision: Decision,
): VerificationFacts {
  return isUndecided(facts) ? { ...facts, outcome: 'verified', verifiedAt, decision } : facts;
}

/** Ends everything. */
export function withRedaction(facts: VerificationFacts, redactedAt: number): VerificationFacts {
  return facts.redactedAt === undefined ? { ...facts, redactedAt } : facts;
}

const strength: Readonly<Record<VerificationOutcome, number>> = {
  open: 0,
  expired: 1,
  canceled: 2,
  verified: 3,
};
