import type { JobBacklog, JobRequest, Jobs, LeasedJob, Settlement } from '../store/jobs.ts';
import type { JobRow } from '../store/rows.ts';
import type { Run } from './sql.ts';

/** Runs a statement again after a lost connection; `again` says that it may have been carried out before. */
export type RunSafely = <T>(work: (run: Run, again: boolean) => Promise<T>) => Promise<T>;

const selectLease = `issuer, id, kind, refs, run_at::float8 AS "runAt", attempt, attempt::text AS fence,
  due_at::float8 AS "leaseUntil"`;

/** Jobs in a table of the same database, claimed under row locks that other workers skip. See docs/decisions/jobs.md. */
export function postgresJobs(runSafely: RunSafely, schema: string): Jobs {
  return {
    async claim(request) {
      const lanes = lanesOf(request);
      if (lanes.length === 0) return [];
      const values = [request.now, request.limit, request.now + request.leaseMs, ...lanes.flat()];
      const { rows } = await runSafely((run) => run<LeasedJob>(claimStatement(schema, lanes.length), values));
      return rows;
    },
    async extend(job, leaseMs, now) {
      const { count } = await runSafely((run) =>
        run(
          `UPDATE ${schema}.jobs SET due_at = $4 WHERE issuer = $1 AND id = $2 AND state = 'leased' AND attempt = $3`,
          [job.issuer, job.id, job.fence, now + leaseMs],
        ),
      );
      return count === 1;
    },
    settle: (job, settlement) => runSafely((run, again) => settleJob(run, schema, job, settlement, again)),
    async dead(issuer, limit) {
      const { rows } = await runSafely((run) =>
        run<JobRow & { reason: string }>(
          `SELECT issuer, id, kind, refs, run_at::float8 AS "runAt", reason FROM ${schema}.jobs
            WHERE issuer = $1 AND state = 'dead' ORDER BY due_at LIMIT $2`,
          [issuer, limit],
        ),
      );
      return rows;
    },
    async overdueKinds(issuer, dueBefore) {
      const { rows } = await runSafely((run) =>
        run<{ kind: string }>(
          `SELECT DISTINCT kind FROM ${schema}.jobs
            WHERE issuer = $1 AND state IN ('waiting', 'leased') AND due_at < $2 ORDER BY kind`,
          [issuer, dueBefore],
        ),
      );
      return rows.map(({ kind }) => kind);
    },
    async backlog(issuers, now) {
      const { rows } = await runSafely((run) =>
        run<JobBacklog>(
          `SELECT due, "oldestDueAt", dead FROM
            (SELECT count(*)::float8 AS due, min(due_at)::float8 AS "oldestDueAt" FROM ${schema}.jobs
              WHERE issuer = ANY($1) AND state IN ('waiting', 'leased') AND due_at <= $2) AS waiting,
            (SELECT count(*)::float8 AS dead FROM ${schema}.jobs WHERE issuer = ANY($1) AND state = 'dead') AS ended`,
          [issuers, now],
        ),
      );
      return rows[0] ?? { due: 0, oldestDueAt: null, dead: 0 };
    },
  };
}

/**
 * Ends a lease, if it is still the worker's. When the same settlement is tried `again`, finding it done counts: only
 * the holder of this fence can have done it.
 */
export async function settleJob(
  run: Run,
  schema: string,
  job: LeasedJob,
  settlement: Settlement,
  again = false,
): Promise<boolean> {
  const [state, dueAt, reason] = settledColumns(settlement);
  const { count } = await run(
    `UPDATE ${schema}.jobs SET state = $4, due_at = coalesce($5, due_at), reason = $6
      WHERE issuer = $1 AND id = $2 AND attempt = $3 AND (state = 'leased' ${again ? 'OR state = $4' : ''})`,
    [job.issuer, job.id, job.fence, state, dueAt, reason],
  );
  return count === 1;
}

function settledColumns(
  settlement: Settlement,
): [state: string, dueAt: number | null, reason: string | null] {
  if ('done' in settlement) return ['done', null, null];
  if ('dead' in settlement) return ['dead', null, settlement.dead];
  return ['waiting', settlement.retryAt, null];
}

/** The pairs of issuer and kind that are asked for: each is one range of the index of due jobs. */
function lanesOf({ issuers, kinds }: JobRequest): Array<[issuer: string, kind: string]> {
  return [...new Set(issuers)].flatMap((issuer) =>
    [...new Set(kinds)].map((kind): [string, string] => [issuer, kind]),
  );
}

/**
 * Takes the longest due of each lane, up to the limit, and of these the longest due: a backlog that nobody here asks for
 * costs nothing, and no claim locks more than lanes times limit rows.
 */
function claimStatement(schema: string, lanes: number): string {
  const due = Array.from(
    { length: lanes },
    (_, at) => `SELECT * FROM (SELECT issuer, id, due_at FROM ${schema}.jobs
      WHERE issuer = $${2 * at + 4} AND kind = $${2 * at + 5} AND state IN ('waiting', 'leased') AND due_at <= $1
      ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED) AS lane${at}`,
  );
  return `WITH due AS MATERIALIZED (${due.join(' UNION ALL ')} ORDER BY due_at LIMIT $2),
    leased AS (
      UPDATE ${schema}.jobs j SET state = 'leased', attempt = j.attempt + 1, due_at = $3
      FROM due WHERE j.issuer = due.issuer AND j.id = due.id RETURNING j.*, due.due_at AS was_due_at)
    SELECT ${selectLease} FROM leased ORDER BY was_due_at`;
}
