import type { StoreReads, StoreTransaction, SubmissionRow } from '@seek-pass-kit/flows';
import { gather } from '@seek-pass-kit/flows/store';
import { lookUp, type LookUpGathering } from './look-up.ts';
import { match, type Narrow, type Sql } from './sql.ts';
import { table } from './table.ts';
import type { MakeConflict } from './transaction.ts';

/** Add requests at SEEK Pass. */
export const submissions = table<SubmissionRow>('submissions', {
  issuer: 'key',
  id: 'key',
  awardId: 'key',
  attempt: 'integer',
  payloadHash: 'hash',
  submittedAt: 'time',
  acknowledged: 'boolean',
  outcome: 'key',
  lastAskedAt: 'time',
  nextPollAt: 'time',
});

/** Look-ups of submissions. */
export function submissionReads(
  sql: Sql,
  gathering: LookUpGathering,
): Pick<StoreReads, 'submissions' | 'submissionsDue'> {
  return {
    submissions: lookUp(
      sql,
      { table: submissions, by: 'awardId', narrow: (query) => query.orderBy('attempt') },
      gathering,
    ),
    submissionsDue: (issuer, now, limit) => sql.select(submissions, due(issuer, now, limit)),
  };
}

type SubmissionChanges = Pick<
  StoreTransaction,
  | 'insertSubmission'
  | 'updateSubmission'
  | 'acknowledgeSubmission'
  | 'takeSubmissionsDue'
  | 'postponeSubmissions'
>;

/** Changes of submissions. */
export function submissionChanges(sql: Sql, conflict: MakeConflict): SubmissionChanges {
  return {
    insertSubmission: gather<SubmissionRow, undefined>({
      async together(rows) {
        await sql.insert(submissions, rows);
        return [];
      },
    }),
    async updateSubmission({ issuer, id, acknowledged, outcome, lastAskedAt, nextPollAt }) {
      const changes = { outcome, lastAskedAt, nextPollAt, ...(acknowledged ? { acknowledged } : {}) };
      if ((await sql.update(submissions, changes, match(submissions, { issuer, id }))) === 0)
        throw conflict();
    },
    async acknowledgeSubmission(issuer, id) {
      await sql.update(submissions, { acknowledged: true }, match(submissions, { issuer, id }));
    },
    async takeSubmissionsDue(issuer, now, until, limit) {
      const rows = await sql.select(submissions, (query) =>
        sql.dialect.skipLocked(due(issuer, now, limit)(query)),
      );
      const ids = rows.map(({ id }) => id);
      if (rows.length > 0)
        await sql.update(submissions, { nextPollAt: until }, (query) =>
          match(submissions, { issuer })(query).whereIn('id', ids),
        );
      return rows;
    },
    async postponeSubmissions(issuer, rows) {
      // In one order for all, so that two that postpone the same ones do not wait for each other.
      for (const { id, lastAskedAt, nextPollAt } of rows.toSorted(byId)) {
        await sql.update(
          submissions,
          { lastAskedAt, nextPollAt },
          match(submissions, { issuer, id, outcome: 'open' }),
        );
      }
    },
  };
}

function due(issuer: string, now: number, limit: number): Narrow {
  return (query) =>
    match(submissions, { issuer })(query)
      .where('next_poll_at', '<=', now)
      .orderBy('next_poll_at')
      .limit(limit);
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1;
}
