import type { MilestoneCounts, Report, ReportFigures } from '@seek-pass-kit/flows';
import { expect, test } from 'vitest';
import { reportLines } from '../src/reporting/report-lines.ts';
import { textWidth } from '../src/terminal/text-width.ts';
import { fakeTerminal } from './terminal/fake-terminal.ts';

const happened: MilestoneCounts = {
  issued: 12_345,
  started: 11_204,
  added: 10_050,
  declined: 120,
  expired: 1_034,
  closed: 52,
  rejected: 1,
  withdrawn: 2,
};
const figures: ReportFigures = {
  happened,
  standing: {
    ready: 0,
    submitted: 0,
    added: 0,
    declined: 0,
    closed: 0,
    rejected: 0,
    withdrawn: 0,
    superseded: 0,
    erased: 0,
  },
  claimRate: 0.999,
  halfAddedWithinMs: 3 * 24 * 3_600_000,
};
const titles = ['Bachelor of Information Technology', '資訊科技學士（香港及網上授課）', '\u001B[31mred'];

function reportOf(change: Partial<Report> = {}): Report {
  return {
    institution: 'Example University',
    madeAt: Date.UTC(2026, 10, 21),
    timeZone: 'Asia/Jakarta',
    by: 'week',
    group: 'course',
    from: '2026-12-28',
    to: '2027-01-10',
    periods: [
      { from: '2026-12-28', to: '2027-01-03', happened },
      { from: '2027-01-04', to: '2027-01-10', happened },
    ],
    total: figures,
    groups: titles.map((title) => ({
      ...figures,
      credentialType: 'education',
      title,
      periods: [happened, happened],
    })),
    now: { awards: { ready: 412 }, waitingSince: Date.UTC(2026, 6, 13, 20) },
    ...change,
  };
}

/** The lines in a terminal of 80 columns. */
function linesOf(report: Report): string[] {
  return reportLines(report, { ...fakeTerminal().terminal, columns: 80 });
}

test('everything fits into 80 columns, whatever a course is called', () => {
  const lines = linesOf(reportOf());
  for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(80);
  expect(lines.filter((line) => / 12,345 +11,204 +10,050 +120 +1,034 +52/.test(line))).toHaveLength(6);
  expect(lines.join('\n')).not.toContain('\u001B');
});

test('says in sentences what a table does not', () => {
  const text = linesOf(reportOf()).join('\n');
  expect(text).toContain('Of the awards issued in these days >99 % are in the wallet now.');
  expect(text).toContain('Half of those added were added within 3 days.');
  expect(text).toContain('412 awards waiting for their learners today, the longest since 2026-07-14.');
  expect(text).toContain('SEEK Pass rejected 1 award');
  expect(text).toContain('2 awards were withdrawn.');
});

test('shows twenty groups, and says where the others are', () => {
  const [group] = reportOf().groups;
  if (group === undefined) throw new Error('There is a group.');
  const groups = Array.from({ length: 23 }, (_, at) => ({ ...group, title: `Course ${at}` }));
  expect(linesOf(reportOf({ groups })).join('\n')).toContain('3 more: --csv or --html has them all.');
});
