/**
 * The ports that a store implements; memory and PostgreSQL do, and one conformance suite proves both. All changes
 * happen inside a transaction, so that an award, its history and its jobs are stored together or not at all.
 */

import type { AuditChanges, AuditReads } from './audit.ts';
import type { DocumentChanges, DocumentReads } from './documents.ts';
import type { ErasureChanges, ErasureReads } from './erasures.ts';
import type { InboxChanges, InboxReads } from './inbox.ts';
import type { Jobs, LeasedJob, Settlement } from './jobs.ts';
import type { Limits } from './limits.ts';
import type { ReportChanges, ReportReads } from './reports.ts';
import type { VerificationChanges, VerificationReads } from './verifications.ts';
import type { WatchReads } from './watching.ts';
import type {
  AwardRow,
  ClaimCodeRow,
  ClaimSessionRow,
  HistoryRow,
  IssuerRow,
  JobRow,
  MailRow,
  MailState,
  MuteRow,
  RecipientRow,
  StopRow,
  SubmissionRow,
} from './rows.ts';

/** A store of awards and of everything that happens to them. */
export interface Store {
  /**
   * Runs `work` in one transaction; what it throws undoes everything. May run it again when the database asks for it (a
   * deadlock, a lost connection), so `work` changes nothing but the store. A {@link StoreConflict} is not repeated: decide anew. It
   * undoes everything even when `work` catches it.
   */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Reading outside a transaction. */
  readonly read: StoreReads;
  /** Counters shared by all processes. */
  readonly limits: Limits;
  readonly jobs: Jobs;
  /** How many awards go into one transaction at most; default 500. Fewer where everybody else waits until a transaction ends. */
  readonly awardsAtOnce?: number;
  /**
   * Removes what nobody needs any more: passed windows of limits, expired sessions and codes, documents of awards that cannot be
   * submitted any more (withdrawn, or superseded and nothing fetches them), and jobs that ended 30 days ago. Until then the id of
   * a finished job keeps the same work from being enqueued again.
   */
  sweep(now: number): Promise<void>;
  close(): Promise<void>;
}

/** How a transaction behaves. */
export interface TransactionOptions {
  /**
   * For how long one change waits for another transaction that has the same row, in milliseconds; then {@link StoreConflict}.
   * Default: as long as that takes.
   */
  readonly lockWaitMs?: number;
}

/** Look-ups; lists are always bounded and paged. */
export interface StoreReads
  extends AuditReads,
    DocumentReads,
    ErasureReads,
    InboxReads,
    ReportReads,
    VerificationReads,
    WatchReads {
  issuer(issuer: string): Promise<IssuerRow | undefined>;
  award(issuer: string, awardId: string): Promise<AwardRow | undefined>;
  /** The newest version of each key that exists, in any order. */
  awardsByKey(issuer: string, keyHashes: readonly Uint8Array[]): Promise<AwardRow[]>;
  /** Every version of a key, oldest first. */
  awardVersions(issuer: string, keyHash: Uint8Array): Promise<AwardRow[]>;
  /** Oldest first. */
  awardsOfRecipient(issuer: string, recipientId: string): Promise<AwardRow[]>;
  /**
   * What people with this subject have, at whatever address: awards that no newer version took the place of, be it one for somebody else.
   * Newest first.
   */
  awardsOfSubject(issuer: string, subjectHash: Uint8Array, limit: number): Promise<AwardRow[]>;
  /** In the order of creation, after `cursor`. `cursor` is absent on the last page. Misses awards that are being inserted meanwhile. */
  listAwards(query: AwardQuery): Promise<{ awards: AwardRow[]; cursor?: string }>;
  countByState(issuer: string): Promise<Readonly<Record<string, number>>>;
  recipient(issuer: string, recipientId: string): Promise<RecipientRow | undefined>;
  recipientsByEmail(issuer: string, emailHashes: readonly Uint8Array[]): Promise<RecipientRow[]>;
  /** Recipients whose data key is wrapped with another key than `keyId`, by id, after the id `after`. Erased ones have no key. */
  recipientsUnderOtherKeys(
    issuer: string,
    keyId: string,
    after: string,
    limit: number,
  ): Promise<RecipientRow[]>;
  /** How many data keys are wrapped with which key. */
  countByKey(issuer: string): Promise<Readonly<Record<string, number>>>;
  /** By attempt, ascending. */
  submissions(issuer: string, awardId: string): Promise<SubmissionRow[]>;
  /** Submissions to ask SEEK Pass about, longest due first. */
  submissionsDue(issuer: string, now: number, limit: number): Promise<SubmissionRow[]>;
  /** In the order of appending. */
  history(issuer: string, awardId: string): Promise<HistoryRow[]>;
  mail(issuer: string, mailId: string): Promise<MailRow | undefined>;
  /** Oldest first, after the mail `after` of the page before. */
  mails(
    issuer: string,
    state: MailState,
    limit: number,
    after?: Pick<MailRow, 'createdAt' | 'id'>,
  ): Promise<MailRow[]>;
  /** Newest first. */
  mailsOfRecipient(issuer: string, recipientId: string, limit: number): Promise<MailRow[]>;
  mailByMessageId(issuer: string, messageId: string): Promise<MailRow | undefined>;
  countMailsByState(issuer: string): Promise<Readonly<Record<string, number>>>;
  /** What this address no longer gets. */
  mutesOf(issuer: string, emailHash: Uint8Array): Promise<MuteRow[]>;
  /** Addresses muted so, by their hash, after the hash `after` of the page before. */
  mutes(issuer: string, mutes: MuteRow['mutes'], limit: number, after?: Uint8Array): Promise<MuteRow[]>;
  /** Also when it has expired: compare `expiresAt`. */
  claimSession(issuer: string, idHash: Uint8Array): Promise<ClaimSessionRow | undefined>;
  /** Whether issuing is stopped: of the whole issuer (`null`), or of one credential type, be it by the stop of its issuer. */
  isStopped(issuer: string, credentialType: string | null): Promise<boolean>;
  /** The turns of the kill switch, newest first. */
  stops(issuer: string, limit: number): Promise<StopRow[]>;
}

export interface AwardQuery {
  readonly issuer: string;
  /** From 1 to 1,000; anything else throws a `RangeError`. */
  readonly limit: number;
  /** From the page before; any other text throws a `RangeError`. */
  readonly cursor?: string;
  readonly state?: string;
}

/**
 * Changes. Inserting what exists already, or updating what does not, throws {@link StoreConflict}. What is asked for at the same
 * time, without waiting for one answer before the next question, may become one statement: do so only where the order is of no matter.
 */
export interface StoreTransaction
  extends StoreReads,
    AuditChanges,
    DocumentChanges,
    ErasureChanges,
    InboxChanges,
    ReportChanges,
    VerificationChanges {
  /**
   * `former` is the row as it was read; `undefined` when there was none. When another process stored or changed it meanwhile:
   * {@link StoreConflict}.
   */
  putIssuer(row: IssuerRow, former: IssuerRow | undefined): Promise<void>;
  insertRecipients(rows: readonly RecipientRow[]): Promise<void>;
  /** `former` is the row as it was read. When its key or its person changed meanwhile: {@link StoreConflict}. */
  updateRecipient(row: RecipientRow, former: RecipientRow): Promise<void>;
  insertAwards(rows: readonly AwardRow[]): Promise<void>;
  /** Reads an award and keeps everybody else from changing it until the transaction ends. */
  lockAward(issuer: string, awardId: string): Promise<AwardRow | undefined>;
  /**
   * Only `generation` and `facts` change: what an award holds and whose it is never does. `row.revision` is the one that was
   * read; the stored one is raised. Another revision: {@link StoreConflict}.
   */
  updateAward(row: AwardRow): Promise<void>;
  insertSubmission(row: SubmissionRow): Promise<void>;
  /** A submission that was acknowledged stays so, whatever the row says: it may have been read before. */
  updateSubmission(row: SubmissionRow): Promise<void>;
  /** Notes that SEEK Pass took it. Needs no lock on its award: it never changes back, and nothing else of the row changes. */
  acknowledgeSubmission(issuer: string, id: string): Promise<void>;
  /**
   * Takes due submissions, longest due first, by moving their next poll to `until`; gives them as they were. Passes over those that
   * another transaction takes or changes, so that workers do not wait for each other.
   */
  takeSubmissionsDue(issuer: string, now: number, until: number, limit: number): Promise<SubmissionRow[]>;
  /** Notes that these are open still: when they were asked about, and when to ask again. Those that have ended stay as they are. */
  postponeSubmissions(
    issuer: string,
    rows: ReadonlyArray<Pick<SubmissionRow, 'id' | 'lastAskedAt' | 'nextPollAt'>>,
  ): Promise<void>;
  appendHistory(rows: readonly HistoryRow[]): Promise<void>;
  insertMails(rows: readonly MailRow[]): Promise<void>;
  /** Only `state` and `sentAt` change. `from` is the state that was read; when it is another one now: {@link StoreConflict}. */
  updateMail(row: MailRow, from: MailState): Promise<void>;
  /** Replaces a former one of the same address and kind. */
  putMute(row: MuteRow): Promise<void>;
  deleteMute(issuer: string, emailHash: Uint8Array, mutes: MuteRow['mutes']): Promise<void>;
  putClaimSession(row: ClaimSessionRow): Promise<void>;
  deleteClaimSession(issuer: string, idHash: Uint8Array): Promise<void>;
  /** Replaces the code of the award: only the newest counts. */
  putClaimCode(row: ClaimCodeRow): Promise<void>;
  /**
   * Counts a try and returns the code as it was before, in one step: of many guesses at the same time at most `maxTries`
   * see it. `undefined`: none, expired, another session's, or its tries are used up. Let the transaction end well after a wrong
   * guess too: undoing it undoes the count.
   */
  tryClaimCode(
    issuer: string,
    awardId: string,
    sessionHash: Uint8Array,
    maxTries: number,
    now: number,
  ): Promise<ClaimCodeRow | undefined>;
  deleteClaimCode(issuer: string, awardId: string): Promise<void>;
  /**
   * Like {@link StoreReads.isStopped}, and a stop waits for the end of this transaction: when the stop is stored, nobody is
   * on the way who has read that there is none.
   */
  isStopped(issuer: string, credentialType: string | null): Promise<boolean>;
  /** Turns the kill switch and records it. A stop of a whole issuer and one of a type are independent of each other. */
  setStopped(stop: StopRow): Promise<void>;
  /** Stores jobs with the change that wants them done. A job whose id exists is skipped. */
  enqueue(jobs: readonly JobRow[]): Promise<void>;
  /** {@link Jobs.settle} together with what the job changed. On `false` throw, so that the change is undone too. */
  settle(job: LeasedJob, settlement: Settlement): Promise<boolean>;
}

/** The database did not answer for as long as the store waits for it. Read again before you repeat a change: it may have been stored. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Survives two copies of the package in one process (ESM beside CommonJS), where `instanceof` does not. */
const conflictBrand = Symbol.for('seek-pass-kit.store-conflict');

/** A row exists already, or was changed by somebody else meanwhile. Read again and decide anew. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict';

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    Object.defineProperty(this, conflictBrand, { value: true });
  }

  /** True for a conflict of a store, whichever copy of the package made it. */
  static is(error: unknown): error is StoreConflict {
    return typeof error === 'object' && error !== null && conflictBrand in error;
  }
}
