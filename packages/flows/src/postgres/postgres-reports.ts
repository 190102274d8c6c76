import { countedNames } from '../reporting/counted.ts';
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

/** Each count of some changes, in its column. */
const columns = countedNames.join(', ');
const inColumns = countedNames
  .map((name) => `coalesce(sum(number) FILTER (WHERE what = '${name}'), 0)`)
  .join(', ');

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
      // Period by period: few courses at a time are summed up in memory, whatever the statistics say.
      const { rows } = await run<ReportCount | { readonly course: null }>(
        `WITH zone AS (SELECT id FROM ${schema}.report_zones WHERE issuer = $1 AND time_zone = $2),
          noted (day, course, ${columns}) AS MATERIALIZED (
            SELECT ${dayOf('slot', '$2')}, course, ${inColumns}
            FROM ${schema}.report_changes WHERE issuer = $1 AND slot IS NOT NULL GROUP BY 1, 2)
          SELECT course, period, numbers
          FROM zone LEFT JOIN LATERAL (
            SELECT course, place::integer - 1 AS period, numbers
            FROM unnest($3::date[], $4::date[]) WITH ORDINALITY AS period (first, next, place)
            CROSS JOIN LATERAL (
              SELECT course, to_jsonb(ARRAY[${countedNames.map((name) => `sum(${name})`).join(', ')}]) AS numbers
              FROM (
                SELECT course, ${columns} FROM ${schema}.report_counts
                  WHERE report_counts.zone = zone.id AND day >= period.first AND day < period.next
                UNION ALL
                SELECT course, ${columns} FROM noted WHERE day >= period.first AND day < period.next
              ) AS counted
              GROUP BY course OFFSET 0
            ) AS summed
          ) AS found ON true`,
        [issuer, timeZone, periods, [...periods.slice(1), end]],
      );
      // A time zone that is counted in has a row also when nothing was counted.
      if (rows.length === 0) return undefined;
      return rows.filter((row) => row.course !== null);
    },
  };
}

/** How many are in which state, of what begins so: `state_` of awards, `mail_` of mails. */
export async function countStates(
  run: Run,
  schema: string,
  issuer: string,
  kind: 'state_' | 'mail_',
): Promise<Record<string, number>> {
  const { rows } = await run<{ what: string; number: number }>(
    `SELECT what, sum(number)::float8 AS number FROM (
        SELECT what, number FROM ${schema}.state_counts WHERE issuer = $1
        UNION ALL SELECT what, number FROM ${schema}.report_changes WHERE issuer = $1
      ) AS counted WHERE starts_with(what, $2) GROUP BY what HAVING sum(number) <> 0`,
    [issuer, kind],
  );
  return Object.fromEntries(rows.map(({ what, number }) => [what.slice(kind.length), number]));
}

/** Changes of reports. */
export function reportChanges(run: Run, schema: string): ReportChanges {
  const lock = `${schema} reports of `;
  const [counts, zones] = [`${schema}.report_counts`, `${schema}.report_zones`];
  /** Adds what `changes` selects to all that is counted. One statement: it sees one moment. */
  const add = (changes: string) => `WITH ${changes},
    states AS (
      INSERT INTO ${schema}.state_counts AS stored
        SELECT $1, what, sum(number) FROM changes WHERE starts_with(what, 'state_') OR starts_with(what, 'mail_')
        GROUP BY what HAVING sum(number) <> 0
      ON CONFLICT (issuer, what) DO UPDATE SET number = stored.number + excluded.number),
    days AS (
      INSERT INTO ${counts} AS stored (zone, day, course, ${columns})
        SELECT zone.id, ${dayOf('slot', 'zone.time_zone')}, course, ${inColumns}
        FROM changes CROSS JOIN ${zones} AS zone WHERE zone.issuer = $1 AND slot IS NOT NULL
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (zone, day, course) DO UPDATE SET
        ${countedNames.map((name) => `${name} = stored.${name} + excluded.${name}`).join(', ')})
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
      const { rows: asked } = await run<{ taken: boolean }>(
        'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS taken',
        [lock + issuer],
      );
      if (asked[0]?.taken !== true) return false;
      const { rows } = await run<{ changes: number }>(
        add(`changes AS (
          DELETE FROM ${schema}.report_changes WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM ${schema}.report_changes WHERE issuer = $1 LIMIT ${mostFolded}))
          RETURNING slot, course, what, number)`),
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
      await run(`INSERT INTO ${zones} (issuer, time_zone) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
        issuer,
        timeZone,
      ]);
      await run(
        `DELETE FROM ${zones} WHERE issuer = $1 AND id NOT IN (
          SELECT id FROM ${zones} WHERE issuer = $1 ORDER BY id DESC LIMIT ${mostZones})`,
        [issuer],
      );
      await run(`DELETE FROM ${counts} WHERE zone IN (SELECT id FROM ${zones} WHERE issuer = $1)`, [issuer]);
      await run(`DELETE FROM ${schema}.state_counts WHERE issuer = $1`, [issuer]);
      // What is counted is what the noted changes led to: they go in the same moment.
      await run(
        add(`noted AS (DELETE FROM ${schema}.report_changes WHERE issuer = $1),
          changes AS (SELECT slot, course, what, number FROM ${schema}.recount($1))`),
        [issuer],
      );
    },
  };
}
