import { standingOf } from '../../awards/award-facts.ts';
import { dayOf } from '../../reporting/calendar.ts';
import { countedNames, erasedAfterAdding, placeOf, stateCount, waitCount } from '../../reporting/counted.ts';
import { milestoneOf } from '../../reporting/milestone.ts';
import { waitOf } from '../../reporting/wait.ts';
import type { CourseRow, ReportChanges, ReportCount, ReportQuery, ReportReads } from '../reports.ts';
import type { AwardRow } from '../rows.ts';
import { keyOf, MemoryTable, type View } from './memory-table.ts';
import type { MemoryTables } from './memory-tables.ts';

/** Tables of reports. */
export function reportTables() {
  return {
    courses: new MemoryTable<CourseRow>((row) => keyOf(row.issuer, row.id)),
    /** Nothing is kept in it but that it was asked for: memory counts everything each time. */
    reportZones: new MemoryTable<{ readonly issuer: string; readonly timeZone: string }>((row) =>
      keyOf(row.issuer, row.timeZone),
    ),
  };
}

type Tables = Pick<MemoryTables, 'awards' | 'history' | 'courses' | 'reportZones'>;

/** Look-ups of reports. */
export function reportReads(tables: Tables, view: View): ReportReads {
  return {
    async courses(issuer, ids) {
      return ids.flatMap((id) => tables.courses.get(keyOf(issuer, id), view) ?? []);
    },
    async reportCounts(query) {
      const { issuer, timeZone } = query;
      if (tables.reportZones.get(keyOf(issuer, timeZone), view) === undefined) return undefined;
      const counted = new Counted(query);
      for (const award of tables.awards.find('issuer', issuer, view)) {
        countAward(counted, award, firstLines(tables, award, view));
      }
      return counted.counts();
    },
  };
}

/** Changes of reports. */
export function reportChanges({ courses, reportZones }: Tables): ReportChanges {
  return {
    async insertCourses(rows) {
      for (const row of rows) {
        if (courses.get(keyOf(row.issuer, row.id), 'own') === undefined) courses.put(row);
      }
    },
    foldReports: async () => false,
    async recountReports(issuer, timeZone) {
      reportZones.put({ issuer, timeZone });
    },
  };
}

/** When each milestone was first reached. */
function firstLines({ history }: Tables, { issuer, id }: AwardRow, view: View): Map<string, number> {
  const lines = history.find('award', keyOf(issuer, id), view).sort((a, b) => a.position - b.position);
  const reached = new Map<string, number>();
  for (const { line } of lines) {
    const milestone = milestoneOf(line.what);
    if (milestone !== undefined && !reached.has(milestone)) reached.set(milestone, line.at);
  }
  return reached;
}

function countAward(
  counted: Counted,
  { course, credentialType, createdAt, facts }: AwardRow,
  reached: ReadonlyMap<string, number>,
): void {
  const of = course ?? credentialType;
  counted.add(of, 'issued', createdAt);
  for (const [milestone, at] of reached) counted.add(of, milestone, at);
  const { state, behindClosedLink } = standingOf(facts);
  counted.add(of, stateCount(state), createdAt);
  if (state === 'erased' && behindClosedLink === 'added') counted.add(of, erasedAfterAdding, createdAt);
  const addedAt = reached.get('added');
  if (addedAt !== undefined) counted.add(of, waitCount(waitOf(addedAt - createdAt)), createdAt);
}

/** Counts by course and period. */
class Counted {
  readonly #query: ReportQuery;
  readonly #counts = new Map<
    string,
    { readonly course: string; readonly period: number; readonly numbers: number[] }
  >();

  constructor(query: ReportQuery) {
    this.#query = query;
  }

  /** Counts one, in the period of this time. */
  add(course: string, what: string, at: number): void {
    const period = this.#periodOf(at);
    if (period === -1) return;
    const key = keyOf(course, period);
    const entry = this.#counts.get(key) ?? { course, period, numbers: countedNames.map(() => 0) };
    const place = placeOf(what);
    entry.numbers[place] = (entry.numbers[place] ?? 0) + 1;
    this.#counts.set(key, entry);
  }

  counts(): ReportCount[] {
    return [...this.#counts.values()];
  }

  #periodOf(at: number): number {
    const { periods, end, timeZone } = this.#query;
    const day = dayOf(at, timeZone);
    return day < end ? periods.findLastIndex((first) => first <= day) : -1;
  }
}
