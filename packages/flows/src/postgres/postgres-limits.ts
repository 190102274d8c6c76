import { lengthOfWindow, startOfWindow } from '../store/limit-window.ts';
import type { Limits, Turn } from '../store/limits.ts';
import type { RunSafely } from './postgres-jobs.ts';

/** A rate that nobody asked for a turn of for so long is forgotten: the next turn is at once, with or without it. */
export const idleTurnsMs = 24 * 3_600_000;

/** The database's clock while a statement runs; `now()` would be the time it began, before it waited for a lock. */
const nowMs = 'extract(epoch FROM clock_timestamp())::float8 * 1000';

/** Counters in a table, one statement each: rows are locked by the database, so no two processes take the same place. */
export function postgresLimits(runSafely: RunSafely, schema: string): Limits {
  return {
    async take(key, limit, windowMs, now) {
      // Counted twice when a connection breaks after it was counted: the strict side.
      const { rows } = await runSafely((run) =>
        run<{ allowed: boolean; used: number }>(
          `WITH taken AS (
            INSERT INTO ${schema}.limits AS stored (key, window_ms, window_start, used)
            SELECT $1::text, $2::bigint, $3::bigint, 1 WHERE $4::integer > 0
            ON CONFLICT (key, window_ms) DO UPDATE SET
              used = CASE WHEN stored.window_start < excluded.window_start THEN 1 ELSE stored.used + 1 END,
              window_start = greatest(stored.window_start, excluded.window_start)
            WHERE stored.window_start < excluded.window_start OR stored.used < $4
            RETURNING used)
          SELECT true AS allowed, used FROM taken
          UNION ALL
          SELECT false, used FROM ${schema}.limits
            WHERE key = $1 AND window_ms = $2 AND window_start >= $3 AND NOT EXISTS (SELECT FROM taken)`,
          [key, lengthOfWindow(windowMs), startOfWindow(windowMs, now), limit],
        ),
      );
      const taken = rows[0];
      if (taken?.allowed) return taken;
      // Refused: as many as allowed are in the window, also those that came while this statement ran.
      return { allowed: false, used: Math.max(taken?.used ?? 0, limit) };
    },
    async used(key, windowMs, now) {
      const { rows } = await runSafely((run) =>
        run<{ used: number }>(
          `SELECT used FROM ${schema}.limits WHERE key = $1 AND window_ms = $2 AND window_start >= $3`,
          [key, lengthOfWindow(windowMs), startOfWindow(windowMs, now)],
        ),
      );
      return rows[0]?.used ?? 0;
    },
    async turn(key, { everyMs, slackMs }, patienceMs): Promise<Turn> {
      // A turn is lost when a connection breaks after it was taken: the strict side.
      const { rows } = await runSafely((run) =>
        run<Turn>(
          `WITH clock AS MATERIALIZED (SELECT ${nowMs} AS now),
          taken AS (
            INSERT INTO ${schema}.turns AS stored (key, next_at)
            SELECT $1::text, now + $2::float8 FROM clock
            ON CONFLICT (key) DO UPDATE SET next_at = greatest(stored.next_at, ${nowMs} - $3) + $2
            WHERE stored.next_at <= ${nowMs} + $4
            RETURNING next_at - $2 AS at)
          SELECT true AS taken, greatest(0, at - ${nowMs})::float8 AS "waitMs" FROM taken
          UNION ALL
          SELECT false, greatest(0, next_at - now - $4)::float8 FROM ${schema}.turns, clock
            WHERE key = $1 AND NOT EXISTS (SELECT FROM taken)`,
          [key, everyMs, slackMs, patienceMs],
        ),
      );
      // Nothing at all: the row came into being while this statement ran.
      return rows[0] ?? { taken: false, waitMs: 0 };
    },
    async pauseTurns(key, ms) {
      await runSafely((run) =>
        run(
          `INSERT INTO ${schema}.turns AS stored (key, next_at) VALUES ($1, ${nowMs} + $2::float8)
            ON CONFLICT (key) DO UPDATE SET next_at = greatest(stored.next_at, excluded.next_at)`,
          [key, ms],
        ),
      );
    },
  };
}
