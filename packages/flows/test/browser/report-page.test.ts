import { expect, test } from 'vitest';
import { reportPage } from '../../src/reporting/page/report-page.ts';
import { emptyReport, sampleReport } from '../reporting/sample-report.ts';
import { useBrowser } from './chromium.ts';

const newVisitor = useBrowser();

test.each([
  ['report', reportPage(sampleReport(), { colour: '#7a1f3d' })],
  ['report-by-month-and-type', reportPage(sampleReport({ by: 'month', group: 'type' }))],
  ['report-of-nothing', reportPage(emptyReport(), { colour: '#ffd400' })],
])('%s in Chromium: axe clean in light and dark, nothing loaded', { timeout: 60_000 }, async (name, page) => {
  const visitor = await newVisitor();
  await visitor.page.setContent(page);
  await visitor.look(name);
  expect(await visitor.heading()).toBe('Credentials in SEEK Pass');
});

test('prints on A4 without a chart or a row cut in two', { timeout: 60_000 }, async () => {
  const visitor = await newVisitor({ viewport: { width: 794, height: 1123 } });
  await visitor.page.setContent(reportPage(sampleReport(), { colour: '#7a1f3d' }));
  await visitor.page.emulateMedia({ media: 'print' });
  expect(await visitor.sideways()).toBe(0);
  await visitor.picture('report-printed');
  const pdf = await visitor.page.pdf({ preferCSSPageSize: true, printBackground: true });
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.length).toBeLessThan(6);
});

test('a course that looks like markup stays a text', async () => {
  const visitor = await newVisitor();
  await visitor.page.setContent(reportPage(sampleReport()));
  expect(await visitor.page.locator('script').count()).toBe(0);
  expect(await visitor.page.getByText('<script>alert(1)</script> & "Quotes"').count()).toBeGreaterThan(0);
});
