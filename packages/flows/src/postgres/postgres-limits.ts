import { lengthOfWindow, startOfWindow } from '../store/limit-window.ts';
import type { Limits } from '../store/ports.ts';
import type { RunSafely } from './postgres-jobs.ts';

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
  };
}
