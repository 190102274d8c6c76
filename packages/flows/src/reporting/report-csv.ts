import { csvCell } from '../bulk/results-csv.ts';
import { milestones } from './milestone.ts';
import type { MilestoneCounts, Report, ReportGroup } from './report.ts';

const titles = ['from', 'to', 'credential_type', 'course', 'institution', ...milestones] as const;

/**
 * The numbers of a report over time as CSV: a line for each period of each group, or for each period when there are no groups. Periods
 * in which nothing happened to a group are left out. No spreadsheet takes a value for a formula.
 */
export function reportCsv(report: Report): string {
  const lines: string[][] = [[...titles]];
  for (const [at, { from, to, happened }] of report.periods.entries()) {
    if (report.group === 'none') lines.push([from, to, '', '', '', ...numbersOf(happened)]);
    for (const group of report.groups) {
      const counts = group.periods[at];
      if (counts !== undefined && !isNothing(counts)) {
        lines.push([from, to, ...namesOf(group), ...numbersOf(counts)]);
      }
    }
  }
  // A byte order mark, by which Excel knows UTF-8.
  return `\uFEFF${lines.map((cells) => `${cells.map((cell) => csvCell(cell, ',')).join(',')}\r\n`).join('')}`;
}

function namesOf({ credentialType, title = '', institution = '' }: ReportGroup): string[] {
  return [credentialType, title, institution];
}

function numbersOf(counts: MilestoneCounts): string[] {
  return milestones.map((milestone) => String(counts[milestone]));
}

function isNothing(counts: MilestoneCounts): boolean {
  return milestones.every((milestone) => counts[milestone] === 0);
}
