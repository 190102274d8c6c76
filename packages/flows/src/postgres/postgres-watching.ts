import type { WatchReads } from '../store/watching.ts';
import { binaryArray } from './binary-array.ts';
import type { Run } from './sql.ts';

interface Step {
  /** How many of the times are below; 0 for none. */
  readonly step: number;
  readonly count: number;
  readonly oldest: number;
  readonly sum: number;
}

/** Look-ups of what an operator watches. */
export function watchReads(run: Run, schema: string): WatchReads {
  return {
    async countMailsIn(issuer, states) {
      const { rows } = await run<{ state: string; count: number }>(
        `SELECT state, count(*)::float8 AS count FROM ${schema}.mails
          WHERE issuer = $1 AND state = ANY($2) GROUP BY state`,
        [issuer, binaryArray('text', states)],
      );
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
    async openSubmissions(issuer, times) {
      // What is open is polled, so the index of due polls finds it without reading those that have ended.
      const { rows } = await run<Step>(
        `SELECT width_bucket(submitted_at - 1, $2::bigint[]) AS step, count(*)::float8 AS count,
            min(submitted_at)::float8 AS oldest, sum(submitted_at)::float8 AS sum
          FROM ${schema}.submissions
          WHERE issuer = $1 AND outcome = 'open' AND next_poll_at IS NOT NULL GROUP BY step`,
        [issuer, binaryArray('bigint', times)],
      );
      const counted = (some: readonly Step[]) => total(some.map(({ count }) => count));
      return {
        count: counted(rows),
        oldest: rows.length === 0 ? null : Math.min(...rows.map(({ oldest }) => oldest)),
        sumOfTimes: total(rows.map(({ sum }) => sum)),
        submittedBy: times.map((_, at) => counted(rows.filter(({ step }) => step <= at))),
      };
    },
  };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
