import type { CourseRow, ReportChanges, ReportCount, ReportReads } from '../store/reports.ts';
import type { Run } from './sql.ts';
import { columnArrays, insertStatement, selectList, table } from './table.ts';

const courses = table<CourseRow>('courses', {
  issuer: 'text',
  id: 'text',
  credentialType: 'text',
  sealedCourse: 'bytea',
});

/** Changes that one fold adds up at most, so that a transaction ends soon. */
const mostFolded = 50_000;

/** Time zones of an issuer that are counted in. */
const mostZones = 3;

/** The day of a change: that of the quarter of an hour in which it happened. */
const dayOf = (slot: string, timeZone: string) =>
  `(to_timestamp(${slot} * 900.0) AT TIME ZONE ${timeZone})::date`;

/** Look-ups of reports. */
export function reportReads(run: Run, schema: string): ReportReads {
  return {
    async courses(issuer, ids) {
      const { rows } = await run<CourseRow>(
        `SELECT ${selectList(courses)} FROM ${schema}.courses WHERE issuer = $1 AND id = ANY($2::text[])`,
        [issuer, ids],
      );
      return rows;
    },
    async reportCounts({ issuer, timeZone, periods, end }) {
      const [zone] = (
        await run<{ id: number }>(
          `SELECT id FROM ${schema}.report_zones WHERE issuer = $1 AND time_zone = $2`,
          [issuer, timeZone],
        )
      ).rows;
      if (zone === undefined) return undefined;
      const { rows } = await run<ReportCount>(
        `SELECT course, period, jsonb_object_agg(what, awards) AS counts
          FROM (
            SELECT course, what, sum(awards) AS awards,
              CASE WHEN strpos(what, ':') = 0 THEN width_bucket(day, $4::date[]) - 1 END AS period
            FROM (
              SELECT day, course, what, awards FROM ${schema}.report_counts
                WHERE zone = $1 AND day >= ($4::date[])[1] AND day < $5::date
              UNION ALL
              SELECT ${dayOf('slot', '$3')}, course, what, awards FROM ${schema}.report_changes WHERE issuer = $2
            ) AS counted
            WHERE day >= ($4::date[])[1] AND day < $5::date
            GROUP BY 1, 2, 4 HAVING sum(awards) <> 0
          ) AS summed
          GROUP BY course, period`,
        [zone.id, issuer, timeZone, periods, end],
      );
      return rows;
    },
  };
}

/** Changes of reports. */
export function reportChanges(run: Run, schema: string): ReportChanges {
  const lock = `${schema} reports of `;
  /** Adds what `changes` selects to all that is counted. One statement: it sees one moment. */
  const add = (changes: string) => `WITH ${changes},
    states AS (
      INSERT INTO ${schema}.state_counts AS stored
        SELECT $1, split_part(what, ':', 2), sum(awards) FROM changes WHERE starts_with(what, 'state:')
        GROUP BY 2 HAVING sum(awards) <> 0
      ON CONFLICT (issuer, state) DO UPDATE SET awards = stored.awards + excluded.awards),
    counts AS (
      INSERT INTO ${schema}.report_counts AS stored
        SELECT zone.id, ${dayOf('slot', 'zone.time_zone')}, course, what, sum(awards)
        FROM changes CROSS JOIN ${schema}.report_zones AS zone WHERE zone.issuer = $1
        GROUP BY 1, 2, 3, 4 HAVING sum(awards) <> 0
      ON CONFLICT (zone, day, course, what) DO UPDATE SET awards = stored.awards + excluded.awards)
    SELECT count(*)::integer AS changes FROM changes`;
  return {
    async insertCourses(rows) {
      if (rows.length === 0) return;
      // In one order for all, so that no two transactions wait for each other.
      const ordered = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      await run(
        `${insertStatement(schema, courses)} ON CONFLICT (issuer, id) DO NOTHING`,
        columnArrays(courses, ordered),
      );
    },
    async foldReports(issuer) {
      const { rows: mine } = await run<{ mine: boolean }>(
        'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS mine',
        [lock + issuer],
      );
      if (mine[0]?.mine !== true) return false;
      const { rows } = await run<{ changes: number }>(
        add(`changes AS (
          DELETE FROM ${schema}.report_changes WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM ${schema}.report_changes WHERE issuer = $1 LIMIT ${mostFolded}))
          RETURNING slot, course, what, awards)`),
        [issuer],
      );
      return rows[0]?.changes === mostFolded;
    },
    async recountReports(issuer, timeZone) {
      const { rows: known } = await run('SELECT FROM pg_timezone_names WHERE lower(name) = lower($1)', [
        timeZone,
      ]);
      if (known.length === 0) {
        throw new RangeError(
          `The database does not know the time zone ${timeZone}: give another name of it, such as Asia/Kolkata for Asia/Calcutta.`,
        );
      }
      await run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [lock + issuer]);
      const zones = `${schema}.report_zones`;
      await run(`DELETE FROM ${zones} WHERE issuer = $1 AND time_zone = $2`, [issuer, timeZone]);
      await run(`INSERT INTO ${zones} (issuer, time_zone) VALUES ($1, $2)`, [issuer, timeZone]);
      await run(
        `DELETE FROM ${zones} WHERE issuer = $1 AND id NOT IN (
          SELECT id FROM ${zones} WHERE issuer = $1 ORDER BY id DESC LIMIT ${mostZones})`,
        [issuer],
      );
      await run(
        `DELETE FROM ${schema}.report_counts WHERE zone IN (SELECT id FROM ${zones} WHERE issuer = $1)`,
        [issuer],
      );
      await run(`DELETE FROM ${schema}.state_counts WHERE issuer = $1`, [issuer]);
      // What is counted is what the noted changes led to: they go in the same moment.
      await run(
        add(`noted AS (DELETE FROM ${schema}.report_changes WHERE issuer = $1),
          changes AS (SELECT slot, course, what, awards FROM ${schema}.recount($1))`),
        [issuer],
      );
    },
  };
}
