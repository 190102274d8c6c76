import type { SubmissionStatus } from './status.ts';

/** SEEK Pass deletes a submission that is not finished after this time (docs: "Redirect user"). */
export const submissionLifeMs = 48 * 3_600_000;

/** Around the end of that time nobody can be sure which side SEEK Pass is on. */
export const attemptMarginMs = 15 * 60_000;

/** The submission that was sent last for one version of an award. */
export interface LastAttempt {
  readonly attempt: number;
  /** When it was first sent, by SEEK Pass's clock (`seekPass.now()`), in milliseconds since the epoch. */
  readonly submittedAt: number;
}

/** What {@link planAttempt} looks at. */
export interface AttemptSituation {
  /** Absent when this version was never submitted. */
  readonly last?: LastAttempt;
  /** `seekPass.now()`. */
  readonly now: number;
  /** What SEEK Pass says about the last attempt, when it was asked just now. */
  readonly status?: SubmissionStatus['status'];
}

/**
 * What to do next:
 * - `submit`: send with this attempt. The same number as before repeats an open submission and gives its link again.
 * - `ask_status`: ask for the status of the last attempt, then plan again with it.
 * - `done`: the learner has it. Submit again only when a person decides so, with the attempt given.
 * - `wait`: the status is one that this kit does not know; a person or a newer kit must decide.
 */
export type AttemptPlan =
  | { readonly action: 'submit'; readonly attempt: number; readonly repeats: boolean }
  | { readonly action: 'ask_status'; readonly attempt: number }
  | { readonly action: 'done'; readonly nextAttempt: number }
  | { readonly action: 'wait'; readonly status: string };

/**
 * Chooses the attempt of the next submission (security rule 2). Well inside the 48 hours the same id gives the same link. From 15
 * minutes before their end on, SEEK Pass is asked first: the same id may already mean a new submission, and a learner who has
 * finished must not be sent a second credential.
 */
export function planAttempt({ last, now, status }: AttemptSituation): AttemptPlan {
  if (last === undefined) return { action: 'submit', attempt: 1, repeats: false };
  const { attempt, submittedAt } = last;
  switch (status) {
    case undefined: {
      const age = now - submittedAt;
      // A submission from the future means that one of the two times is wrong: ask rather than trust them.
      const surelyOpen = age >= -attemptMarginMs && age < submissionLifeMs - attemptMarginMs;
      return surelyOpen ? { action: 'submit', attempt, repeats: true } : { action: 'ask_status', attempt };
    }
    case 'incomplete':
      return { action: 'submit', attempt, repeats: true };
    case 'canceled':
      return { action: 'submit', attempt: attempt + 1, repeats: false };
    case 'not_reported':
      // Either it never arrived, then the id is free, or it was deleted, then the id is spent.
      return now - submittedAt < submissionLifeMs - attemptMarginMs
        ? { action: 'submit', attempt, repeats: true }
        : { action: 'submit', attempt: attempt + 1, repeats: false };
    case 'verified':
      return { action: 'done', nextAttempt: attempt + 1 };
    default:
      return { action: 'wait', status };
  }
}
