import type { AwardResult } from './awards/award-result.ts';
import type { ClaimOutcome } from './claims/submit-claim.ts';
import type { Drift } from './polling/reconcile.ts';

/**
 * Something that an operator may want to log or count. Holds ids of awards, mails and jobs, codes, and numbers; nothing personal.
 * Tolerate events that you do not know.
 *
 * - `awards_issued`: a batch was stored, with how many of its awards came out how.
 * - `claim_ended`: a learner confirmed, and where that ended.
 * - `mail_sent`: the mail server has it.
 * - `mail_failed`: a mail was refused, or nobody knows whether it went out; it is not sent again by itself.
 * - `job_dead`: a job was set aside for a person. `reason` is a code.
 * - `listener_failed`: a listener or handler of the host threw, and is called again later. `reason` is a code or the name of the error. After the
 *   last try `job_dead` is told instead.
 * - `listener_gone`: what waited for a named listener or handler that no process has had for a week was dropped, so many jobs.
 * - `poll_failed`: SEEK Pass did not answer what became of submissions; with `of`, of verifications. Told when that begins or changes.
 * - `document_served`: the file of an award was fetched. `network` is where from, so wide that it names no host (`203.0.113.0/24`); absent when
 *   the host tells no address.
 * - `document_refused`: nobody of that network may fetch files, or too often.
 * - `drift_found`: SEEK Pass says something else than the store; see {@link Drift}.
 */
export type FlowNotice =
  | {
      readonly event: 'awards_issued';
      readonly results: Readonly<Partial<Record<AwardResult['result'], number>>>;
    }
  | { readonly event: 'claim_ended'; readonly awardId: string; readonly outcome: ClaimOutcome['outcome'] }
  | {
      readonly event: 'mail_sent';
      readonly mailId: string;
      readonly kind: string;
      readonly awardIds: readonly string[];
    }
  | {
      readonly event: 'mail_failed';
      readonly mailId: string;
      readonly kind: string;
      readonly state: 'refused' | 'unknown';
      readonly awardIds: readonly string[];
    }
  | { readonly event: 'job_dead'; readonly jobId: string; readonly kind: string; readonly reason: string }
  | {
      readonly event: 'listener_failed';
      readonly jobId: string;
      readonly kind: string;
      readonly reason: string;
    }
  | { readonly event: 'listener_gone'; readonly kind: string; readonly jobs: number }
  | { readonly event: 'poll_failed'; readonly code: string; readonly of?: 'verifications' }
  | {
      readonly event: 'document_served';
      readonly awardId: string;
      readonly attempt: number;
      readonly network?: string;
    }
  | {
      readonly event: 'document_refused';
      readonly because: 'caller' | 'too_often';
      readonly network?: string;
    }
  | ({ readonly event: 'drift_found' } & Pick<
      Drift,
      'kind' | 'awardId' | 'attempt' | 'ours' | 'theirs' | 'mended'
    >);

/** Told of what happens in a flow. It must not wait; what it throws is lost. */
export type NoticeListener = (notice: FlowNotice) => void;

/** A listener whose failure is no failure of what it is told about. */
export function harmless<Told>(listener: (told: Told) => void): (told: Told) => void {
  return (told) => {
    try {
      listener(told);
    } catch {
      // It must not throw; that it does changes nothing of what happened.
    }
  };
}
