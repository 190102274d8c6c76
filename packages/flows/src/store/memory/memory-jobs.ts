import type { JobRequest, Jobs, LeasedJob, Settlement } from '../jobs.ts';
import { keyOf } from './memory-table.ts';
import type { MemoryTables, StoredJob } from './memory-tables.ts';

/** Jobs in memory. Each change is a transaction of its own, run by `alone`. */
export function memoryJobs(tables: MemoryTables, alone: <T>(work: () => Promise<T>) => Promise<T>): Jobs {
  const stored = ({ issuer, id }: LeasedJob) => tables.jobs.get(keyOf(issuer, id), 'own');
  return {
    claim: ({ issuers, kinds, limit, leaseMs, now }: JobRequest) =>
      alone(async () => {
        const due = issuers
          .flatMap((issuer) => kinds.flatMap((kind) => tables.jobs.find('open', keyOf(issuer, kind), 'own')))
          .filter(({ dueAt }) => dueAt <= now)
          .sort((a, b) => a.dueAt - b.dueAt)
          .slice(0, limit);
        return due.map((job) => {
          const leased: StoredJob = {
            ...job,
            state: 'leased',
            attempt: job.attempt + 1,
            dueAt: now + leaseMs,
          };
          tables.jobs.put(leased);
          return leaseOf(leased);
        });
      }),
    extend: (job, leaseMs, now) =>
      alone(async () => {
        const own = heldJob(stored(job), job);
        if (own !== undefined) tables.jobs.put({ ...own, dueAt: now + leaseMs });
        return own !== undefined;
      }),
    settle: (job, settlement) =>
      alone(async () => {
        const settled = settledJob(stored(job), job, settlement);
        if (settled !== undefined) tables.jobs.put(settled);
        return settled !== undefined;
      }),
    async dead(issuer, limit) {
      return tables.jobs
        .find('dead', issuer, 'committed')
        .sort((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit)
        .map(({ id, kind, refs, runAt, reason }) => ({
          id,
          issuer,
          kind,
          refs,
          runAt,
          reason: reason ?? '',
        }));
    },
    async overdueKinds(issuer, dueBefore) {
      const overdue = tables.jobs
        .all('committed')
        .filter((job) => job.issuer === issuer && (job.state === 'waiting' || job.state === 'leased'))
        .filter(({ dueAt }) => dueAt < dueBefore);
      return [...new Set(overdue.map(({ kind }) => kind))].sort();
    },
    async backlog(issuers, now) {
      const own = tables.jobs.all('committed').filter(({ issuer }) => issuers.includes(issuer));
      const due = own.filter(
        ({ state, dueAt }) => (state === 'waiting' || state === 'leased') && dueAt <= now,
      );
      return {
        due: due.length,
        oldestDueAt: due.toSorted((a, b) => a.dueAt - b.dueAt)[0]?.dueAt ?? null,
        dead: own.filter(({ state }) => state === 'dead').length,
      };
    },
  };
}

/** The job as it is after a settlement; `undefined` when the lease is no longer the worker's. */
export function settledJob(
  stored: StoredJob | undefined,
  job: LeasedJob,
  settlement: Settlement,
): StoredJob | undefined {
  const own = heldJob(stored, job);
  if (own === undefined) return undefined;
  if ('done' in settlement) return { ...own, state: 'done' };
  if ('dead' in settlement) return { ...own, state: 'dead', reason: settlement.dead };
  return { ...own, state: 'waiting', dueAt: settlement.retryAt };
}

function heldJob(stored: StoredJob | undefined, job: LeasedJob): StoredJob | undefined {
  return stored?.state === 'leased' && String(stored.attempt) === job.fence ? stored : undefined;
}

function leaseOf({ id, issuer, kind, refs, runAt, attempt, dueAt }: StoredJob): LeasedJob {
  return { id, issuer, kind, refs, runAt, attempt, fence: String(attempt), leaseUntil: dueAt };
}
