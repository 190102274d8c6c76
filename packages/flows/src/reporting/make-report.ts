import type { FlowContext } from '../flow-context.ts';
import { isTimeZone } from '../mail/reminder-plan.ts';
import type { CourseRow, ReportCount, ReportQuery } from '../store/reports.ts';
import { daysAfter, dayOf, isDay } from './calendar.ts';
import { openCourses } from './course.ts';
import { figuresOf, groupsOf, milestonesOf } from './figures.ts';
import { periodsOf, usualStart } from './periods.ts';
import type { Report, ReportGrouping, ReportOptions } from './report.ts';

/**
 * Reports what became of awards. The first report of a time zone counts every award; those after it read what is counted.
 *
 * @throws {RangeError} for days that do not exist or are in the wrong order, too many periods, or a time zone that nobody knows.
 */
export async function makeReport(context: FlowContext, options: ReportOptions = {}): Promise<Report> {
  const { issuer, store, clock, brand } = context;
  const { by = 'week', group = 'course' } = options;
  const timeZone = readTimeZone(options.timeZone ?? context.reminders?.timeZone ?? 'UTC');
  const madeAt = clock.now();
  const to = readDay('to', options.to ?? dayOf(madeAt, timeZone));
  const from = readDay('from', options.from ?? usualStart(to, by));
  if (from > to) throw new RangeError('from is after to: a report begins before it ends.');
  const periods = periodsOf({ from, to }, by);
  await foldReports(context);
  const counts = await readCounts(context, {
    issuer,
    timeZone,
    periods: periods.map((period) => period.from),
    end: daysAfter(to, 1),
  });
  const [rows, awards, oldest] = await Promise.all([
    group === 'none' ? [] : store.read.courses(issuer, [...new Set(counts.map(({ course }) => course))]),
    store.read.countByState(issuer),
    store.read.listAwards({ issuer, state: 'ready', limit: 1 }),
  ]);
  const waitingSince = oldest.awards[0]?.createdAt;
  return {
    institution: brand.name,
    madeAt,
    timeZone,
    by,
    group,
    from,
    to,
    periods: periods.map((period, at) => ({ ...period, happened: milestonesOf(counts, at) })),
    total: figuresOf(counts),
    groups: group === 'none' ? [] : groupsOf(counts, namesOf(context, rows, group), periods.length),
    now: { awards, ...(waitingSince === undefined ? {} : { waitingSince }) },
  };
}

/** Counts every award anew: after rows were changed by hand, or to be sure. The next report of any time zone goes by it. */
export async function recountReports(context: FlowContext, timeZone: string): Promise<void> {
  const { issuer, store } = context;
  const zone = readTimeZone(timeZone);
  await store.transaction((tx) => tx.recountReports(issuer, zone));
}

/** Adds up what was noted since the last time. Reports are exact without it, and slower. */
export async function foldReports({ issuer, store }: FlowContext): Promise<void> {
  while (await store.transaction((tx) => tx.foldReports(issuer)));
}

async function readCounts(context: FlowContext, query: ReportQuery): Promise<ReportCount[]> {
  const { store } = context;
  const counted = await store.read.reportCounts(query);
  if (counted !== undefined) return counted;
  await recountReports(context, query.timeZone);
  return (await store.read.reportCounts(query)) ?? [];
}

/** What a course is called in a report, by its id. */
function namesOf(context: FlowContext, rows: readonly CourseRow[], group: ReportGrouping) {
  const names = new Map(rows.map(({ id, credentialType }) => [id, { credentialType }]));
  const courses = group === 'course' ? openCourses(context, rows) : names;
  return (id: string) => courses.get(id) ?? { credentialType: id };
}

function readDay(name: 'from' | 'to', day: string): string {
  if (isDay(day)) return day;
  throw new RangeError(`${name} is not a day: write it like 2026-11-21.`);
}

/** A name, not a distance such as `+07:00`: that has no summer time, and databases read its sign in two ways. */
function readTimeZone(timeZone: string): string {
  if (/^[A-Za-z]/.test(timeZone) && isTimeZone(timeZone)) return timeZone;
  throw new RangeError('timeZone is not the name of a time zone: write it like Asia/Jakarta.');
}
