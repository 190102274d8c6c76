import type { JobRow } from './rows.ts';

/** A job that this worker holds until `leaseUntil`. `fence` tells its lease from a later one of the same job. */
export interface LeasedJob extends JobRow {
  readonly fence: string;
  /** How often it was claimed, this time included. */
  readonly attempt: number;
  readonly leaseUntil: number;
}

/** How a job ended: done, once more at `retryAt`, or set aside for a person. */
export type Settlement = { readonly done: true } | { readonly retryAt: number } | { readonly dead: string };

/** What a worker asks for. It names its issuers: the work of others needs keys that it does not hold. */
export interface JobRequest {
  readonly issuers: readonly string[];
  readonly kinds: readonly string[];
  readonly limit: number;
  readonly leaseMs: number;
  readonly now: number;
}

/** Pull: workers ask for work. At least once: a job whose worker died is leased again. */
export interface Jobs {
  /** Due jobs of these issuers and kinds, longest due first, leased until `now` + `leaseMs`. */
  claim(request: JobRequest): Promise<LeasedJob[]>;
  /** Lengthens a lease; `false` when it is no longer ours. */
  extend(job: LeasedJob, leaseMs: number, now: number): Promise<boolean>;
  /** `false` when the lease is no longer ours: somebody else has the job, and our outcome does not count. */
  settle(job: LeasedJob, settlement: Settlement): Promise<boolean>;
  /** Jobs set aside, oldest first. */
  dead(issuer: string, limit: number): Promise<Array<JobRow & { readonly reason: string }>>;
  /** Kinds of which a job has been due since before `dueBefore`, and was not done. */
  overdueKinds(issuer: string, dueBefore: number): Promise<string[]>;
  /** How much waits for a worker, of every kind. */
  backlog(issuers: readonly string[], now: number): Promise<JobBacklog>;
}

/** What waits in a queue. */
export interface JobBacklog {
  /** Due and held by nobody. */
  readonly due: number;
  /** Since when the longest due of them is; `null` when none is. */
  readonly oldestDueAt: number | null;
  /** Set aside for a person. */
  readonly dead: number;
}
