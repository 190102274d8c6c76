import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { AddFlow } from '../../src/add-flow.ts';
import { makeReport, recountReports } from '../../src/reporting/make-report.ts';
import { milestones } from '../../src/reporting/milestone.ts';
import { reportPage } from '../../src/reporting/page/report-page.ts';
import { reportCsv } from '../../src/reporting/report-csv.ts';
import type { ReportOptions } from '../../src/reporting/report.ts';
import { openAddFlow } from '../add-flow-fixture.ts';

const page = (name: string) =>
  readFile(new URL(`../../../../apps/docs/docs/${name}.md`, import.meta.url), 'utf8');

type Run = (...values: unknown[]) => Promise<unknown>;
const AsyncFunction = (async () => undefined).constructor as new (...texts: string[]) => Run;

test('the code of the page on reports runs as it stands there', async () => {
  const { context, issue } = await openAddFlow();
  await issue();
  const flow: Pick<AddFlow, 'report' | 'recountReports'> = {
    report: (options?: ReportOptions) => makeReport(context, options),
    recountReports: (timeZone: string) => recountReports(context, timeZone),
  };
  const files = new Map<string, string>();
  const lines: string[] = [];
  const names = {
    flow,
    reportCsv,
    reportPage,
    console: { log: (line: string) => lines.push(line) },
    writeFile: async (name: string, text: string) => files.set(name, text),
  };
  const blocks = [...(await page('flows/reports')).matchAll(/^```ts\n(.*?)^```/gms)].map(
    ([, code = '']) => code,
  );
  expect(blocks).toHaveLength(2);
  for (const block of blocks) {
    const code = block.replace(/^import .* from '.*';$/gm, '');
    await new AsyncFunction(...Object.keys(names), code)(...Object.values(names));
  }
  expect(lines).toEqual(['1 issued, 0 added, claim rate 0']);
  expect(files.get('report.html')).toContain('Underwater Welding');
  expect(files.get('report.csv')).toContain('Underwater Welding');
});

test('the page of the command names every milestone', async () => {
  const text = await page('cli/report');
  for (const milestone of milestones) expect(text).toContain(`| \`${milestone}\` |`);
});
