import type { CourseRow, ReportChanges, ReportReads } from '@seek-pass-kit/flows';
import { rowsByKeys } from './look-up.ts';
import { milestones, noteMilestones } from './milestones.ts';
import { countsOf } from './report-counts.ts';
import { match, type Sql } from './sql.ts';
import { table } from './table.ts';
import { trailTables } from './trail-tables.ts';

const courses = table<CourseRow>('courses', {
  issuer: 'key',
  id: 'key',
  credentialType: 'text',
  sealedCourse: 'bytes',
});

interface ZoneRow {
  readonly issuer: string;
  readonly timeZone: string;
}

/** The time zones that somebody asked for. */
const reportZones = table<ZoneRow>('report_zones', { issuer: 'key', timeZone: 'key' });

/** Lines of history that are read at a time when everything is counted anew. */
const linesOfPage = 2_000;

/** Look-ups of reports. */
export function reportReads(sql: Sql): ReportReads {
  return {
    courses: (issuer, ids) => rowsByKeys(sql, { table: courses, by: 'id' }, issuer, ids),
    async reportCounts(query) {
      const { issuer, timeZone } = query;
      const zone = await sql.first(reportZones, match(reportZones, { issuer, timeZone }));
      return zone === undefined ? undefined : countsOf(sql, query);
    },
  };
}

/** Changes of reports. */
export function reportChanges(sql: Sql): ReportChanges {
  return {
    insertCourses: (rows) =>
      sql.insertMissing(
        courses,
        // In one order for all, so that no two transactions wait for each other.
        rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        ['issuer', 'id'],
      ),
    // Counted when it is asked for: nothing waits to be added up.
    foldReports: async () => false,
    async recountReports(issuer, timeZone) {
      const zone = { issuer, timeZone };
      if ((await sql.first(reportZones, match(reportZones, zone))) === undefined) {
        // What is kept counts in every time zone.
        await sql.insertMissing(reportZones, [zone], ['issuer', 'timeZone']);
        return;
      }
      await sql.remove(milestones, match(milestones, { issuer }));
      const lines = trailTables.award;
      for (let after = -1, read = linesOfPage; read === linesOfPage; ) {
        const page = await sql.selectSome(lines, ['position', 'issuer', 'awardId', 'at', 'what'], (query) =>
          match(lines, { issuer })(query)
            .where('position', '>', after)
            .orderBy('position')
            .limit(linesOfPage),
        );
        await noteMilestones(sql, page);
        read = page.length;
        after = page.at(-1)?.position ?? after;
      }
    },
  };
}
