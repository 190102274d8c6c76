import { type Clock, SeekPassError } from '@seek-pass-kit/core';
import type { NoticeListener } from '../flow-notice.ts';
import type { LeasedJob, Settlement } from '../store/jobs.ts';
import type { Store } from '../store/ports.ts';
import { afterFailure } from './retry-plan.ts';

/** What a handler may do besides its work. */
export interface JobControl {
  /** Fires when the run is to end, or when somebody else has the job: stop, what you do counts no more. */
  readonly signal: AbortSignal;
}

/**
 * Does one job. It may run more than once for the same job (a worker died), so its effect must not double. Returning is
 * done; a settlement says something else; `settled` says that the handler did it itself, in the transaction of its change
 * (`settle` of the store's transaction). What it throws decides whether it is tried again or set aside.
 */
export type JobHandler = (job: LeasedJob, control: JobControl) => Promise<Settlement | 'settled' | undefined>;

/** Handlers by kind of job. */
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** What runs jobs. */
export interface RunnerContext {
  readonly store: Pick<Store, 'jobs'>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Only their jobs: the work of others needs keys that are not here. */
  readonly issuers: readonly string[];
  /** Told of each job that is set aside for a person. It does not throw. */
  readonly onNotice?: NoticeListener;
}

/** How long to run, and what. */
export interface RunOptions {
  /** No job is begun after this time, in milliseconds; those that run are finished. */
  readonly budgetMs: number;
  readonly handlers: JobHandlers;
  readonly signal?: AbortSignal;
  /** Jobs at once. Default 8. */
  readonly concurrency?: number;
  /** How long a job stays ours without a sign of life, in milliseconds. Default one minute. It is lengthened while the job runs. */
  readonly leaseMs?: number;
}

/** What became of the jobs. */
export interface RunReport {
  readonly done: number;
  readonly retried: number;
  /** Set aside for a person: see `dead` of the jobs port. */
  readonly dead: number;
  /** Somebody else had taken them over before they were settled. */
  readonly lost: number;
  readonly ended: 'nothing_due' | 'out_of_time' | 'aborted';
}

/** Does the jobs that are due, until none is or the time is over. Any number of processes may run it; a cron will do. */
export async function runDue(context: RunnerContext, options: RunOptions): Promise<RunReport> {
  const { store, clock, issuers } = context;
  const { budgetMs, handlers, signal, concurrency = 8, leaseMs = 60_000 } = options;
  const counts = { done: 0, retried: 0, dead: 0, lost: 0 };
  const until = clock.now() + budgetMs;
  const kinds = Object.keys(handlers);
  for (;;) {
    if (signal?.aborted === true) return { ...counts, ended: 'aborted' };
    const now = clock.now();
    if (now >= until) return { ...counts, ended: 'out_of_time' };
    const jobs = await store.jobs.claim({ issuers, kinds, limit: concurrency, leaseMs, now });
    if (jobs.length === 0) return { ...counts, ended: 'nothing_due' };
    const running = jobs.map((job) => runOne(context, options, job, leaseMs));
    // All of them end before a failing store ends the run.
    await Promise.allSettled(running);
    for (const ended of await Promise.all(running)) counts[ended] += 1;
  }
}

async function runOne(
  { store, clock, random, onNotice }: RunnerContext,
  { handlers, signal }: RunOptions,
  job: LeasedJob,
  leaseMs: number,
): Promise<'done' | 'retried' | 'dead' | 'lost'> {
  const lost = new AbortController();
  const stop = keepLease(store, clock, job, leaseMs, () => lost.abort());
  let settlement: Settlement | 'settled';
  try {
    const ends = signal === undefined ? lost.signal : AbortSignal.any([signal, lost.signal]);
    const handler = handlers[job.kind];
    settlement = (await handler?.(job, { signal: ends })) ?? { done: true };
  } catch (error) {
    settlement = afterFailure(aborted(error, signal), job.attempt, clock.now(), random);
  } finally {
    stop();
  }
  if (settlement === 'settled') return 'done';
  if (!(await store.jobs.settle(job, settlement))) return 'lost';
  if ('done' in settlement) return 'done';
  if (!('dead' in settlement)) return 'retried';
  onNotice?.({ event: 'job_dead', jobId: job.id, kind: job.kind, reason: settlement.dead });
  return 'dead';
}

/** A handler that takes longer hangs: it is told to stop, and its job is let go. */
const longestRunMs = 15 * 60_000;

/** Lengthens the lease at each half of it. A process that stands still cannot, and another takes over. */
function keepLease(
  store: Pick<Store, 'jobs'>,
  clock: Clock,
  job: LeasedJob,
  leaseMs: number,
  onLost: () => void,
): () => void {
  const until = clock.now() + longestRunMs;
  let stopped = false;
  const extend = async (): Promise<void> => {
    // Without an answer of the store nobody knows: the fence decides when the job is settled.
    const ours =
      clock.now() < until && (await store.jobs.extend(job, leaseMs, clock.now()).catch(() => true));
    if (stopped) return;
    if (ours) cancel = schedule();
    else onLost();
  };
  const schedule = () => clock.setTimer(leaseMs / 2, () => void extend());
  let cancel = schedule();
  return () => {
    stopped = true;
    cancel();
  };
}

/** A handler that was told to stop may throw whatever its tools throw on an abort; the job is simply not done yet. */
function aborted(error: unknown, signal: AbortSignal | undefined): unknown {
  return signal?.aborted === true ? new SeekPassError('aborted', 'The run ended.', { cause: error }) : error;
}
