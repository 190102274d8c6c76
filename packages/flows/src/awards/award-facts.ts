import type { SubmissionOutcome } from './submission-outcome.ts';
import { strongerOutcome } from './submission-outcome.ts';

/**
 * Award states of the kit.
 *
 * - `ready`: the claim link works, nothing is open at SEEK Pass.
 * - `submitted`: a submission is open at SEEK Pass, the learner has been there.
 * - `added`: SEEK Pass says `verified`.
 * - `declined`: the learner canceled.
 * - `closed`: canceled, reason unknowable.
 * - `rejected`: SEEK Pass refused the payload; a person must mend it.
 * - `withdrawn`, `superseded`: our link is closed. An open submission and a copy in the wallet are not.
 * - `erased`: its recipient was erased, and nothing else had closed the link before. An open submission and a copy in the wallet are not.
 */
export type AwardState =
  | 'ready'
  | 'submitted'
  | 'added'
  | 'declined'
  | 'closed'
  | 'rejected'
  | 'withdrawn'
  | 'superseded'
  | 'erased';

/** Whether SEEK Pass said so, or we judged it by time. Nobody is told "you declined" on an inference. */
export type Evidence = 'observed' | 'inferred';

/** One submission as the award's state sees it. */
export interface SubmissionFact {
  /** Counts from 1. */
  readonly attempt: number;
  readonly outcome: SubmissionOutcome;
}

/** Why the link of an award is closed. `withdrawn` wins over `superseded`: it is the stronger word of a person. */
export type LinkClosure = 'withdrawn' | 'superseded';

/**
 * What was erased of an award (security rule 17). `delivery_data`: who it is for; the record of the award is kept. `everything`: what
 * it holds, too.
 */
export type ErasedPart = 'delivery_data' | 'everything';

/**
 * Everything an award's state depends on. The state is computed from these facts and never stored as an order of
 * events: so click, poll, expiry and withdrawal may arrive twice, late or in any order, and the end is the same.
 */
export interface AwardFacts {
  readonly linkClosure?: LinkClosure;
  /** Its link is dead, and nobody is its recipient any more. */
  readonly erased?: ErasedPart;
  /** By attempt, ascending. */
  readonly submissions: readonly SubmissionFact[];
  /** Nobody can claim it, and no mail about it leaves, before: its recipient was changed. In milliseconds since the epoch. */
  readonly heldUntil?: number;
}

/** Where an award stands. */
export interface AwardStanding {
  readonly state: AwardState;
  readonly evidence: Evidence;
  /** What became of the credential when the link is closed: shown to staff, and an alert when it is `added`. */
  readonly behindClosedLink?: AwardState;
  readonly erased?: ErasedPart;
}

/** The facts of an award that nobody has claimed yet. */
export const noFacts: AwardFacts = { submissions: [] };

/** The facts of an award whose recipient was changed. */
export function heldFacts(heldUntil: number): AwardFacts {
  return { submissions: [], heldUntil };
}

/** Whether it is too early to claim the award, or to mail about it. */
export function isHeld({ heldUntil = 0 }: AwardFacts, now: number): boolean {
  return now < heldUntil;
}

/** The facts of the next version: a correction does not end the wait of a changed recipient. */
export function factsOfNextVersion(former: AwardFacts | undefined): AwardFacts {
  return former?.heldUntil === undefined ? noFacts : heldFacts(former.heldUntil);
}

/** Where an award with these facts stands. */
export function standingOf(facts: AwardFacts): AwardStanding {
  const progress = progressOf(facts.submissions);
  const { linkClosure, erased } = facts;
  if (!isLinkClosed(facts)) return progress;
  return {
    state: linkClosure ?? 'erased',
    evidence: 'observed',
    behindClosedLink: progress.state,
    ...(erased === undefined ? {} : { erased }),
  };
}

function progressOf(submissions: readonly SubmissionFact[]): { state: AwardState; evidence: Evidence } {
  // Whichever attempt reached the wallet, it is in the wallet.
  if (submissions.some(({ outcome }) => outcome === 'verified'))
    return { state: 'added', evidence: 'observed' };
  switch (submissions.at(-1)?.outcome) {
    case undefined:
      return { state: 'ready', evidence: 'observed' };
    case 'open':
      return { state: 'submitted', evidence: 'observed' };
    case 'expired':
      return { state: 'ready', evidence: 'inferred' };
    case 'declined':
      return { state: 'declined', evidence: 'observed' };
    case 'closed':
      return { state: 'closed', evidence: 'inferred' };
    case 'refused':
      return { state: 'rejected', evidence: 'observed' };
    case 'verified':
      return { state: 'added', evidence: 'observed' };
  }
}

/** Adds what became known of one submission; a weaker or repeated word changes nothing. */
export function withSubmission(facts: AwardFacts, fact: SubmissionFact): AwardFacts {
  const known = facts.submissions.find(({ attempt }) => attempt === fact.attempt);
  if (known !== undefined && strongerOutcome(known.outcome, fact.outcome) === known.outcome) return facts;
  const others = facts.submissions.filter(({ attempt }) => attempt !== fact.attempt);
  return { ...facts, submissions: [...others, fact].sort((a, b) => a.attempt - b.attempt) };
}

/** Closes the link. There is no way back: a later award with a new version takes its place. */
export function withLinkClosed(facts: AwardFacts, closure: LinkClosure): AwardFacts {
  if (facts.linkClosure === closure || facts.linkClosure === 'withdrawn') return facts;
  return { ...facts, linkClosure: closure };
}

/** Notes that the recipient was erased. What closed the link before stays on record: an award that was taken back stays taken back. */
export function withErased(facts: AwardFacts, part: ErasedPart): AwardFacts {
  if (facts.erased === part || facts.erased === 'everything') return facts;
  return { ...facts, erased: part };
}

/** Whether nobody can claim it by its link any more, whatever becomes of it. */
export function isLinkClosed({ linkClosure, erased }: AwardFacts): boolean {
  return linkClosure !== undefined || erased !== undefined;
}

/** The submission that may still end, if there is one: the one to poll, and to repeat on a click. */
export function openSubmission(facts: AwardFacts): SubmissionFact | undefined {
  return facts.submissions.findLast(({ outcome }) => outcome === 'open');
}

/**
 * Whether the learner may claim now, and whether the page warns first. `again`: it was added, declined or closed before,
 * and claiming makes a new attempt.
 */
export function claimability(facts: AwardFacts): 'yes' | 'again' | 'no' {
  switch (standingOf(facts).state) {
    case 'ready':
    case 'submitted':
      return 'yes';
    case 'added':
    case 'declined':
    case 'closed':
      return 'again';
    case 'rejected':
    case 'withdrawn':
    case 'superseded':
    case 'erased':
      return 'no';
  }
}
