import { countedNames } from '../../src/reporting/counted.ts';
import { daysAfter } from '../../src/reporting/calendar.ts';
import { figuresOf, groupsOf, milestonesOf } from '../../src/reporting/figures.ts';
import { periodsOf, usualStart } from '../../src/reporting/periods.ts';
import type { Report } from '../../src/reporting/report.ts';
import type { ReportCount } from '../../src/store/reports.ts';

const to = '2026-11-21';

const courses = [
  { credentialType: 'education', title: 'Bachelor of Commerce' },
  { credentialType: 'education', title: 'Master of Public Health' },
  {
    credentialType: 'microcredential',
    title: 'Data Analysis with Spreadsheets',
    institution: 'Example University',
  },
  {
    credentialType: 'microcredential',
    title: 'Data Analysis with Spreadsheets',
    institution: 'Example College',
  },
  {
    credentialType: 'education',
    title: '資訊科技學士 (Bachelor of Information Technology, taught in Hong Kong and online)',
  },
  {
    credentialType: 'microcredential',
    title: '<script>alert(1)</script> & "Quotes"',
    institution: 'Example University',
  },
  { credentialType: 'english_proficiency', title: 'Example English Test' },
];

/** A report of a graduation and what follows, made of the counts that a store would give. */
export function sampleReport(change: Partial<Pick<Report, 'by' | 'group' | 'institution'>> = {}): Report {
  const { by = 'week', group = 'course' } = change;
  const periods = periodsOf({ from: usualStart(to, by), to }, by);
  const counts = courses.flatMap((_, at) => countsOf(String(at), 2_400 / (at + 1) ** 1.6, periods.length));
  return {
    institution: 'Example University',
    madeAt: Date.UTC(2026, 10, 21, 8, 30),
    timeZone: 'Asia/Jakarta',
    by,
    group,
    from: periods[0]?.from ?? to,
    to,
    periods: periods.map((period, at) => ({ ...period, happened: milestonesOf(counts, at) })),
    total: figuresOf(counts),
    groups:
      group === 'none'
        ? []
        : groupsOf(
            [...counts, { course: 'old', period: 3, numbers: numbersOf({ added: 4 }) }],
            (id) => nameOf(id, group === 'course'),
            periods.length,
          ),
    now: {
      awards: { ready: 412, added: 3_120 },
      waitingSince: Date.parse(`${daysAfter(to, -130)}T00:00:00Z`),
    },
    ...change,
  };
}

/** Nothing was issued, and nothing happened. */
export function emptyReport(): Report {
  const periods = periodsOf({ from: usualStart(to, 'week'), to }, 'week');
  return {
    ...sampleReport(),
    periods: periods.map((period) => ({ ...period, happened: milestonesOf([]) })),
    total: figuresOf([]),
    groups: [],
    now: { awards: {} },
  };
}

function nameOf(id: string, byCourse: boolean) {
  const course = courses[Number(id)] ?? { credentialType: 'education' };
  return byCourse ? course : { credentialType: course.credentialType };
}

function countsOf(course: string, issued: number, periods: number): ReportCount[] {
  const round = Math.round;
  const start = Number(course) % 5;
  const happened = Array.from({ length: periods }, (_, at) => {
    const after = at - start;
    const share = after < 0 ? 0 : 0.37 * 0.6 ** after;
    const batch = after === 0 || after === 6 ? issued * (after === 0 ? 0.85 : 0.15) : 0;
    return {
      course,
      period: at,
      numbers: numbersOf({
        issued: round(batch),
        started: round(issued * share),
        added: round(issued * share * 0.88),
        declined: round(issued * share * 0.02),
        expired: round(issued * share * 0.06),
        closed: round(issued * share * 0.02),
        rejected: round(issued * share * 0.004),
        withdrawn: after === 2 ? round(issued * 0.004) : 0,
      }),
    };
  });
  const standing: ReportCount = {
    course,
    period: 0,
    numbers: numbersOf({
      state_added: round(issued * 0.81),
      state_ready: round(issued * 0.12),
      state_submitted: round(issued * 0.02),
      state_declined: round(issued * 0.02),
      state_closed: round(issued * 0.02),
      state_withdrawn: round(issued * 0.01),
      waited_3: round(issued * 0.3),
      waited_4: round(issued * 0.5),
    }),
  };
  return [...happened, standing];
}

function numbersOf(counts: Readonly<Record<string, number>>): number[] {
  return countedNames.map((name) => counts[name] ?? 0);
}
