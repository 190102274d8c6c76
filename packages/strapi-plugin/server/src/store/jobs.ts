import type { JobRow, Jobs, LeasedJob, Settlement, StoreTransaction } from '@seek-pass-kit/flows';
import { gather } from '@seek-pass-kit/flows/store';
import type { Knex } from 'knex';
import { match, type Sql } from './sql.ts';
import { fromDatabase, table } from './table.ts';

/** A job and how it stands. Another claim raises `attempt`, which is the fence of the lease. */
interface StoredJob extends JobRow {
  readonly state: 'waiting' | 'leased' | 'done' | 'dead';
  readonly attempt: number;
  /** When it may be claimed: its time, or the end of its lease; `null` once it ended. */
  readonly claimableAt: number | null;
  /** When the last lease of a job that ended would have ended. */
  readonly endedAt: number | null;
  readonly reason: string | null;
}

/** Work to be done later. */
export const jobs = table<StoredJob>('jobs', {
  issuer: 'key',
  id: 'key',
  kind: 'key',
  refs: 'json',
  runAt: 'time',
  state: 'key',
  attempt: 'integer',
  claimableAt: 'time',
  endedAt: 'time',
  reason: 'text',
});

/** Jobs of the same database. `read` asks outside of a transaction, `change` runs one. */
export function storedJobs(read: Sql, change: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>): Jobs {
  // Those of a piece of work end at the same time.
  const done = gather<LeasedJob, boolean>({
    together: (ended) => change((sql) => endJobs(sql, ended)),
    alone: (job) => change((sql) => settleJob(sql, job, { done: true })),
  });
  return {
    async claim({ issuers, kinds, limit, leaseMs, now }) {
      const lanes = [...new Set(issuers)]
        .flatMap((issuer) => [...new Set(kinds)].map((kind) => ({ issuer, kind })))
        .sort((a, b) => (`${a.issuer} ${a.kind}` < `${b.issuer} ${b.kind}` ? -1 : 1));
      // Most questions find nothing, and cost no transaction.
      const due = await read.selectSome(jobs, ['issuer', 'kind', 'id'], (query) =>
        claimable(query, now)
          .whereIn('issuer', [...issuers])
          .whereIn('kind', [...kinds])
          .limit(1),
      );
      if (due.length === 0) return [];
      return change(async (sql) => {
        const found: StoredJob[] = [];
        for (const lane of lanes) {
          found.push(
            ...(await sql.select(jobs, (query) =>
              sql.dialect.skipLocked(
                claimable(match(jobs, lane)(query), now).orderBy('claimable_at').limit(limit),
              ),
            )),
          );
        }
        const longestDue = found
          .toSorted((a, b) => Number(a.claimableAt) - Number(b.claimableAt))
          .slice(0, limit);
        return lease(sql, longestDue, now + leaseMs);
      });
    },
    extend: (job, leaseMs, now) =>
      change(async (sql) => (await sql.update(jobs, { claimableAt: now + leaseMs }, held(job))) === 1),
    settle: (job, settlement) =>
      'done' in settlement ? done(job) : change((sql) => settleJob(sql, job, settlement)),
    async dead(issuer, limit) {
      const rows = await read.select(jobs, (query) =>
        match(jobs, { state: 'dead', issuer })(query).orderBy('ended_at').limit(limit),
      );
      return rows.map(({ id, kind, refs, runAt, reason }) => ({
        id,
        issuer,
        kind,
        refs,
        runAt,
        reason: reason ?? '',
      }));
    },
    async overdueKinds(issuer, dueBefore) {
      const rows = await read.selectSome(jobs, ['kind'], (query) =>
        match(jobs, { issuer })(query).where('claimable_at', '<', dueBefore).distinct().orderBy('kind'),
      );
      return rows.map(({ kind }) => kind);
    },
    async backlog(issuers, now) {
      const [due] = await read.ask<{ number: unknown; oldest: unknown }>((knex) =>
        claimable(knex(jobs.name).whereIn('issuer', [...issuers]), now)
          .count({ number: '*' })
          .min({ oldest: 'claimable_at' }),
      );
      const [dead] = await read.ask<{ number: unknown }>((knex) =>
        match(jobs, { state: 'dead' })(knex(jobs.name).whereIn('issuer', [...issuers])).count({
          number: '*',
        }),
      );
      return {
        due: Number(due?.number ?? 0),
        oldestDueAt: fromDatabase('time', due?.oldest ?? null) as number | null,
        dead: Number(dead?.number ?? 0),
      };
    },
  };
}

/** Changes of jobs that go with other changes. */
export function jobChanges(sql: Sql): Pick<StoreTransaction, 'enqueue' | 'settle'> {
  return {
    // In one order for all, so that two that enqueue the same jobs wait for each other and never both.
    enqueue: gather<readonly JobRow[], undefined>({
      async together(all) {
        const rows = all.flat().map(
          (job): StoredJob => ({
            ...job,
            state: 'waiting',
            attempt: 0,
            claimableAt: job.runAt,
            endedAt: null,
            reason: null,
          }),
        );
        const sorted = rows.sort((a, b) => (a.id < b.id ? -1 : 1));
        await sql.insertMissing(jobs, sorted, ['issuer', 'id']);
        return [];
      },
    }),
    settle: (job, settlement) => settleJob(sql, job, settlement),
  };
}

async function lease(sql: Sql, taken: readonly StoredJob[], leaseUntil: number): Promise<LeasedJob[]> {
  for (const issuer of new Set(taken.map((job) => job.issuer))) {
    const ids = taken.filter((job) => job.issuer === issuer).map(({ id }) => id);
    await sql.ask((knex) =>
      match(jobs, { issuer })(knex(jobs.name).whereIn('id', ids))
        .update({ state: 'leased', claimable_at: leaseUntil })
        .increment('attempt', 1),
    );
  }
  return taken.map(({ id, issuer, kind, refs, runAt, attempt }) => ({
    id,
    issuer,
    kind,
    refs,
    runAt,
    attempt: attempt + 1,
    fence: String(attempt + 1),
    leaseUntil,
  }));
}

function claimable(query: Knex.QueryBuilder, now: number): Knex.QueryBuilder {
  return query.where('claimable_at', '<=', now);
}

/** The job, as long as it is this worker's. */
function held({ issuer, id, fence }: LeasedJob) {
  return match(jobs, { issuer, id, state: 'leased', attempt: Number(fence) });
}

/** Ends the leases of jobs that are done: of each, whether it was still the worker's. */
async function endJobs(sql: Sql, ended: readonly LeasedJob[]): Promise<boolean[]> {
  const answers = new Map<LeasedJob, boolean>();
  for (const issuer of new Set(ended.map((job) => job.issuer))) {
    const own = ended.filter((job) => job.issuer === issuer);
    const leased = await sql.selectSome(jobs, ['id', 'attempt'], (query) =>
      match(jobs, { issuer, state: 'leased' })(query)
        .whereIn(
          'id',
          own.map(({ id }) => id),
        )
        .orderBy('id')
        .forUpdate(),
    );
    const attempts = new Map(leased.map(({ id, attempt }) => [id, attempt]));
    for (const job of own) {
      answers.set(job, attempts.get(job.id) === Number(job.fence));
      // Whoever says the same once more comes too late.
      if (answers.get(job) === true) attempts.delete(job.id);
    }
    const still = own.filter((job) => answers.get(job) === true);
    for (const leaseUntil of new Set(still.map((job) => job.leaseUntil))) {
      const ids = still.filter((job) => job.leaseUntil === leaseUntil).map(({ id }) => id);
      await sql.update(jobs, { claimableAt: null, endedAt: leaseUntil, state: 'done' }, (query) =>
        match(jobs, { issuer })(query).whereIn('id', ids),
      );
    }
  }
  return ended.map((job) => answers.get(job) ?? false);
}

/** Ends a lease, if it is still the worker's. */
async function settleJob(sql: Sql, job: LeasedJob, settlement: Settlement): Promise<boolean> {
  const ended = { claimableAt: null, endedAt: job.leaseUntil };
  const changes = (): Partial<StoredJob> => {
    if ('done' in settlement) return { ...ended, state: 'done' };
    if ('dead' in settlement) return { ...ended, state: 'dead', reason: settlement.dead };
    return { state: 'waiting', claimableAt: settlement.retryAt };
  };
  return (await sql.update(jobs, changes(), held(job))) === 1;
}
