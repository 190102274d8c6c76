/**
 * The ports that a store implements; memory and PostgreSQL do, and one conformance suite proves both. All changes
 * happen inside a transaction, so that an award, its history and its jobs are stored together or not at all.
 */

import type {
  AwardRow,
  ClaimCodeRow,
  ClaimSessionRow,
  HistoryRow,
  IssuerRow,
  JobRow,
  MailRow,
  MailState,
  RecipientRow,
  SubmissionRow,
} from './rows.ts';

/** A store of awards and of everything that happens to them. */
export interface Store {
  /** Runs `work` in one transaction; what it throws undoes everything. May run it again after a conflict. */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /** Reading outside a transaction. */
  readonly read: StoreReads;
  /** Counters shared by all processes. */
  readonly limits: Limits;
  readonly jobs: Jobs;
  close(): Promise<void>;
}

/** Look-ups; lists are always bounded and paged. */
export interface StoreReads {
  issuer(issuer: string): Promise<IssuerRow | undefined>;
  award(issuer: string, awardId: string): Promise<AwardRow | undefined>;
  /** The newest version of each key that exists, in any order. */
  awardsByKey(issuer: string, keyHashes: readonly Uint8Array[]): Promise<AwardRow[]>;
  awardsOfRecipient(issuer: string, recipientId: string): Promise<AwardRow[]>;
  /** In the order of creation, after `cursor`. `cursor` is absent on the last page. */
  listAwards(query: AwardQuery): Promise<{ awards: AwardRow[]; cursor?: string }>;
  countByState(issuer: string): Promise<Readonly<Record<string, number>>>;
  recipient(issuer: string, recipientId: string): Promise<RecipientRow | undefined>;
  recipientsByEmail(issuer: string, emailHashes: readonly Uint8Array[]): Promise<RecipientRow[]>;
  submissions(issuer: string, awardId: string): Promise<SubmissionRow[]>;
  /** Submissions to ask SEEK Pass about, longest due first. */
  submissionsDue(issuer: string, now: number, limit: number): Promise<SubmissionRow[]>;
  history(issuer: string, awardId: string): Promise<HistoryRow[]>;
  mail(issuer: string, mailId: string): Promise<MailRow | undefined>;
  mails(issuer: string, state: MailState, limit: number): Promise<MailRow[]>;
  claimSession(issuer: string, idHash: Uint8Array): Promise<ClaimSessionRow | undefined>;
  /** Whether issuing is stopped, for the issuer (`null`) or one credential type. */
  isStopped(issuer: string, credentialType: string | null): Promise<boolean>;
}

export interface AwardQuery {
  readonly issuer: string;
  /** At most 1,000. */
  readonly limit: number;
  readonly cursor?: string;
  readonly state?: string;
}

/** Changes. Inserting what exists already throws {@link StoreConflict}. */
export interface StoreTransaction extends StoreReads {
  putIssuer(row: IssuerRow): Promise<void>;
  insertRecipients(rows: readonly RecipientRow[]): Promise<void>;
  updateRecipient(row: RecipientRow): Promise<void>;
  insertAwards(rows: readonly AwardRow[]): Promise<void>;
  /** Reads an award and keeps everybody else from changing it until the transaction ends. */
  lockAward(issuer: string, awardId: string): Promise<AwardRow | undefined>;
  /** `row.revision` is the one that was read; the stored one is raised. Another revision: {@link StoreConflict}. */
  updateAward(row: AwardRow): Promise<void>;
  insertSubmission(row: SubmissionRow): Promise<void>;
  updateSubmission(row: SubmissionRow): Promise<void>;
  appendHistory(rows: readonly HistoryRow[]): Promise<void>;
  insertMails(rows: readonly MailRow[]): Promise<void>;
  updateMail(row: MailRow): Promise<void>;
  putClaimSession(row: ClaimSessionRow): Promise<void>;
  deleteClaimSession(issuer: string, idHash: Uint8Array): Promise<void>;
  /** Replaces the code of the award: only the newest counts. */
  putClaimCode(row: ClaimCodeRow): Promise<void>;
  /**
   * Counts a try and returns the code as it was before, in one step: of many guesses at the same time at most `maxTries`
   * see it. `undefined`: none, expired, another session's, or its tries are used up.
   */
  tryClaimCode(issuer: string, awardId: string, sessionHash: Uint8Array, maxTries: number, now: number): Promise<ClaimCodeRow | undefined>;
  deleteClaimCode(issuer: string, awardId: string): Promise<void>;
  setStopped(issuer: string, credentialType: string | null, stopped: boolean): Promise<void>;
  /** Stores jobs with the change that wants them done. A job whose id exists is skipped. */
  enqueue(jobs: readonly JobRow[]): Promise<void>;
}

/** Counters in windows of time. The key is hashed by the caller where it is personal (an address). */
export interface Limits {
  /** Counts one in the current window of `key` if fewer than `limit` are in it. Atomic over all processes. */
  take(key: string, limit: number, windowMs: number, now: number): Promise<{ allowed: boolean; used: number }>;
  /** How many are in the current window, counting nothing. */
  used(key: string, windowMs: number, now: number): Promise<number>;
}

/** A job that this worker holds until `leaseUntil`. `fence` tells its lease from a later one of the same job. */
export interface LeasedJob extends JobRow {
  readonly fence: string;
  /** How often it was claimed, this time included. */
  readonly attempt: number;
  readonly leaseUntil: number;
}

/** How a job ended: done, once more at `retryAt`, or set aside for a person. */
export type Settlement = { readonly done: true } | { readonly retryAt: number } | { readonly dead: string };

/** Pull: workers ask for work. At least once: a job whose worker died is leased again. */
export interface Jobs {
  claim(request: { kinds: readonly string[]; limit: number; leaseMs: number; now: number }): Promise<LeasedJob[]>;
  /** Lengthens a lease; `false` when it is no longer ours. */
  extend(job: LeasedJob, leaseMs: number, now: number): Promise<boolean>;
  /** `false` when the lease is no longer ours: somebody else has the job, and our outcome does not count. */
  settle(job: LeasedJob, settlement: Settlement): Promise<boolean>;
  /** Jobs set aside, oldest first. */
  dead(issuer: string, limit: number): Promise<Array<JobRow & { readonly reason: string }>>;
}

/** A row exists already, or was changed by somebody else meanwhile. Read again and decide anew. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict';
}
