import type { AwardResent, AwardWithdrawn, WithdrawalReasonName } from '../../../contract/award-actions.ts';
import type {
  EntryAward,
  EntryAwardPlace,
  EntryAwardState,
  EntryIssued,
  EntryLink,
  IssuePreview,
} from '../../../contract/entry-awards.ts';
import type { EntryPlace } from '../../../contract/entry-place.ts';

/** Which award of which entry is issued, and by whom. */
export interface EntryIssuing extends EntryAwardPlace {
  /** `strapi:<id of the administrator>` */
  readonly who: string;
  /** Names the run; people get one mail a run. Default: a run of its own. */
  readonly runId?: string;
  /** `seen` of the preview that was confirmed: issues that and nothing else. Absent: issues what the entry gives now. */
  readonly seen?: string;
  /** Asked once the entry was read, before anything is awarded; `false`: it is refused, without a finding. */
  readonly isStillMeant?: () => Promise<boolean>;
  /** Gives again what was withdrawn. Default: refused. */
  readonly reissueWithdrawn?: boolean;
}

/** From which entry, in which published version, an award is made. */
export interface EntryOrigin extends EntryAwardPlace {
  /** The business key of the award, as the mapping makes it. */
  readonly key: string;
}

/** An award that was made from an entry. */
export interface EntryAwarded extends EntryOrigin {
  readonly awardId: string;
  /** See {@link entryVersionOf}. */
  readonly entryVersion: string;
  readonly runId: string;
  readonly who: string;
}

/**
 * What happens to the awards of entries. It checks no permissions: whoever calls it has checked that the asker may do this, and may read
 * the entry. Nothing here may be called inside a transaction of Strapi.
 */
export interface EntryAwardsService {
  /** What issuing would do now. Holds personal data. Stores and sends nothing. */
  previewOf(award: EntryAwardPlace, options?: Pick<EntryIssuing, 'reissueWithdrawn'>): Promise<IssuePreview>;
  /** Issues from the published version. Twice at the same time makes one award: the second is told `unchanged`. */
  issue(issuing: EntryIssuing): Promise<EntryIssued>;
  /**
   * Before awards are made from entries: so that which award came from which entry is never lost, whatever happens next. Rows of entries that
   * were never awarded after all stand in nobody's way. Any number.
   */
  intend(origins: readonly EntryOrigin[]): Promise<void>;
  /** After it. What is missing because the process died is found again by the business key. Any number. */
  note(awarded: readonly EntryAwarded[]): Promise<void>;
  /** Where the awards of entries of one content type stand, by `documentId`: a fixed number of queries, however many entries. */
  statesOf(
    contentType: string,
    documentIds: readonly string[],
    locale?: string,
  ): Promise<ReadonlyMap<string, readonly EntryAwardState[]>>;
  /** Everything about the awards of one entry, also of one that is deleted. Holds personal data. */
  awardsOf(entry: EntryPlace): Promise<readonly EntryAward[]>;
  /** @throws {NotFoundError} when nothing was issued; so do the next two. */
  withdraw(award: EntryAwardPlace, reason: WithdrawalReasonName, who: string): Promise<AwardWithdrawn>;
  resend(award: EntryAwardPlace, who: string): Promise<AwardResent>;
  /** @throws {ApplicationError} when its link is closed. */
  link(award: EntryAwardPlace, who: string): Promise<EntryLink>;
}
