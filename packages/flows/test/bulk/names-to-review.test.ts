import { expect, it } from 'vitest';
import { dryRun } from '../../src/bulk/dry-run.ts';
import { openAddFlow } from '../add-flow-fixture.ts';
import { bulkFile, codesOf, learnerRow } from './bulk-fixture.ts';

it('security rule 20: names that mix look-alike letters are shown to a person before anything is issued, joiners are left alone', async () => {
  const { context } = await openAddFlow();
  const cyrillicA = 'Pavel P\u0430vlov';
  const withJoiners = '\u0915\u094d\u200d\u0937 \u0936\u0930\u094d\u200c\u092e\u093e';
  const report = await dryRun(
    context,
    bulkFile([cyrillicA, withJoiners, 'Wulan Sari'].map((name, at) => learnerRow(at, { name }))),
  );
  expect(report.findings).toEqual({ mixed_scripts: 1 });
  expect(report.examples.map((row) => [row.row, row.result, ...codesOf(row)])).toEqual([
    [2, 'created', 'mixed_scripts'],
  ]);
});

it.each(['Lan\u202etxt', 'Lan\u0000', 'Lan evil.example/win', '<b>Lan</b>'])(
  'security rule 20: a row whose name is %j is not issued',
  async (name) => {
    const { context } = await openAddFlow();
    const report = await dryRun(context, bulkFile([learnerRow(0, { name })]));
    expect(report.results.refused).toBe(1);
  },
);
