import type { AwardProblem } from './award-problem.ts';

/**
 * What awarding did.
 *
 * - `created`: a first award under this key.
 * - `unchanged`: the same credential is awarded already; nothing was done.
 * - `replaces`, `adds-a-second`, `undocumented`: a corrected award; its earlier version's link is closed, and this is what
 *   SEEK Pass will do in the wallet of somebody who has the earlier one (see `compareForUpdate` of core).
 * - `refused`: nothing was stored; `problems` says why.
 */
export type AwardResult =
  | {
      readonly key: string;
      readonly result: 'created' | 'unchanged' | 'replaces' | 'adds-a-second' | 'undocumented';
      readonly awardId: string;
      readonly version: number;
    }
  | { readonly key: string; readonly result: 'refused'; readonly problems: readonly AwardProblem[] };

/** Who awards, and in which run. A person gets one mail about everything that waits for them when it leaves. */
export interface IssuingRun {
  /** Names the run. Repeat it to resume a run that was cut off: nobody is mailed twice about the same award. */
  readonly runId: string;
  /** The host's id of the member of staff, or `system`. Not a name. */
  readonly who: string;
  /** When the claim mails may leave, in milliseconds since the epoch. Default: at once. */
  readonly mailAt?: number;
  /** Issue also what was withdrawn before, as a new version. Default: refused, so that no import brings it back. */
  readonly reissueWithdrawn?: boolean;
}
