import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { reportCsv } from '../../src/reporting/report-csv.ts';
import { sampleReport } from './sample-report.ts';

test('a line for each period of each course in which something happened', () => {
  const report = sampleReport();
  const rows: Record<string, string>[] = parse(reportCsv(report), { bom: true, columns: true });
  const sum = (column: string) => rows.reduce((all, row) => all + Number(row[column]), 0);
  expect(sum('issued')).toBe(report.total.happened.issued);
  expect(sum('expired')).toBe(report.total.happened.expired);
  expect(
    rows.every(({ issued, started, added }) => Number(issued) + Number(started) + Number(added) > 0),
  ).toBe(true);
  expect(rows[0]).toMatchObject({
    from: report.from,
    credential_type: 'education',
    course: 'Bachelor of Commerce',
    institution: '',
  });
});

test('without groups a line for each period', () => {
  const report = sampleReport({ group: 'none', by: 'month' });
  const rows: Record<string, string>[] = parse(reportCsv(report), { bom: true, columns: true });
  expect(rows).toHaveLength(13);
  expect(rows.map(({ issued }) => Number(issued))).toEqual(
    report.periods.map(({ happened }) => happened.issued),
  );
});

test.each(['=1+1', '+1', '-1', '@x', '\t=1', '\uFF1D1'])(
  'security rule 19: the course "%s" is no formula for a spreadsheet',
  (title) => {
    const report = sampleReport();
    const [group] = report.groups;
    if (group === undefined) throw new Error('The sample has courses.');
    const rows: Record<string, string>[] = parse(reportCsv({ ...report, groups: [{ ...group, title }] }), {
      bom: true,
      columns: true,
    });
    expect(rows[0]?.['course']).toBe(`'${title}`);
  },
);
