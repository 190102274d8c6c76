import { describe, expect, it } from 'vitest';
import { issueAward } from '../../src/awards/issue-awards.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import type { ColumnMapping } from '../../src/bulk/column-mapping.ts';
import { dryRun } from '../../src/bulk/dry-run.ts';
import type { RowOutcome } from '../../src/bulk/row-outcome.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { awardInput, microcredential, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { bulkFile, codesOf, learnerRow, learners, nameOf } from './bulk-fixture.ts';
import { pieces } from './rows-of.ts';
import { textRow, workbook } from './xlsx/workbook.ts';

/** Every row of a dry run. */
async function rowsOf(context: FlowContext, file: Parameters<typeof dryRun>[1]): Promise<RowOutcome[]> {
  const rows: RowOutcome[] = [];
  await dryRun(context, file, { onRow: (row) => void rows.push(row) });
  return rows;
}

/** Everything a store can tell without being told what to look for. */
async function contentsOf({ store, clock }: FlowContext): Promise<unknown> {
  const request = { issuers: ['default'], kinds: ['claim_mail'], limit: 100, leaseMs: 1 };
  return {
    awards: await store.read.listAwards({ issuer: 'default', limit: 1000 }),
    jobs: await store.jobs.claim({ ...request, now: clock.now() }),
  };
}

describe('a dry run', () => {
  it('says what the file comes to, and stores and sends nothing', async () => {
    const { context, mails } = await openAddFlow();
    const before = await contentsOf(context);
    const report = await dryRun(context, learners(3));
    expect(report).toMatchObject({
      rows: 3,
      newAwards: 3,
      corrections: 0,
      people: 3,
      results: { created: 3, refused: 0 },
      format: { format: 'csv', encoding: 'UTF-8', delimiter: ',' },
      examples: [],
    });
    expect(await contentsOf(context)).toEqual(before);
    expect(mails.sent).toEqual([]);
  });

  it('asks the history: every way in which a row can meet an award that exists', async () => {
    const { context, store } = await openAddFlow();
    const recipient = (at: number) => ({ fullName: nameOf(at), email: `learner${at}@example.edu` });
    for (const at of [0, 1, 2, 3, 4]) {
      const credential = microcredential({ full_name: nameOf(at) });
      const result = await issueAward(
        context,
        awardInput({ key: `WELD-${at}`, recipient: recipient(at), credential }),
        sampleRun,
      );
      if (at === 4 && result.result !== 'refused')
        await withdraw(context, { awardId: result.awardId, reason: 'other', who: 'staff-7' });
    }
    const counts = await store.read.countByState('default');
    const file = bulkFile([
      learnerRow(0),
      learnerRow(1, { date: '2026-02-27' }),
      learnerRow(2, { title: 'Welding in Dry Docks' }),
      learnerRow(3, { email: 'eve@example.edu' }),
      learnerRow(4),
      learnerRow(5),
    ]);
    const rows = await rowsOf(context, file);
    expect(rows.map(({ row, result }) => [row, result])).toEqual([
      [2, 'unchanged'],
      [3, 'replaces'],
      [4, 'adds-a-second'],
      [5, 'refused'],
      [6, 'refused'],
      [7, 'created'],
    ]);
    expect(rows.map(codesOf)).toEqual([
      [],
      ['replaces'],
      ['adds_a_second'],
      ['other_recipient'],
      ['withdrawn'],
      [],
    ]);
    expect(rows[3]?.findings[0]).toMatchObject({ field: 'email' });
    expect(await dryRun(context, file, { reissueWithdrawn: true })).toMatchObject({
      newAwards: 1,
      corrections: 3,
      people: 4,
    });
    expect(await store.read.countByState('default')).toEqual(counts);
  });

  it('tells of every row what is wrong, with column and remedy, and no value', async () => {
    const { context } = await openAddFlow();
    const rows = await rowsOf(
      context,
      bulkFile([
        learnerRow(0, { date: '31/02/2026' }),
        learnerRow(1, { key: '' }),
        learnerRow(2, { email: 'eve@example.edu; ann@example.edu' }),
        learnerRow(3, { name: 'see https://example.org' }),
        learnerRow(4, { title: 'Certificate of Completion' }),
        learnerRow(5),
        learnerRow(5, { name: nameOf(6) }),
      ]),
    );
    expect(rows.map(codesOf)).toEqual([
      ['bad_date'],
      ['missing_field'],
      ['bad_email'],
      expect.arrayContaining(['bad_characters']),
      ['generic_name'],
      [],
      ['duplicate_key', 'shared_email'],
    ]);
    expect(rows.map(({ result }) => result === 'refused')).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      true,
    ]);
    expect(rows[0]?.findings[0]).toMatchObject({ field: 'issue_date', severity: 'problem' });
    expect(JSON.stringify(rows)).not.toMatch(/eve@|31\/02|example\.org/);
  });

  it('takes a date that is today where it is latest, as awarding does', async () => {
    const { context, clock } = await openAddFlow();
    clock.advance(6 * 3_600_000);
    const file = bulkFile([learnerRow(0, { date: '2026-03-03' }), learnerRow(1, { date: '2026-03-04' })]);
    expect((await rowsOf(context, file)).map(codesOf)).toEqual([[], ['future_date']]);
  });

  it('says when issuing is stopped', async () => {
    const { context, store } = await openAddFlow();
    await store.transaction((tx) =>
      tx.setStopped({
        issuer: 'default',
        credentialType: 'microcredential',
        stopped: true,
        at: 1,
        who: 'staff-7',
        why: 'other',
      }),
    );
    expect((await rowsOf(context, learners(1))).map(codesOf)).toEqual([['issuing_stopped']]);
  });

  it('counts a person with two awards as one mail', async () => {
    const { context } = await openAddFlow();
    const twice = bulkFile([learnerRow(0), learnerRow(0, { key: 'DOCK-0', title: 'Welding in Dry Docks' })]);
    expect(await dryRun(context, twice)).toMatchObject({ newAwards: 2, people: 1 });
  });

  it('keeps its report small however much is wrong, and tells all of it on the way', async () => {
    const { context } = await openAddFlow();
    let told = 0;
    const wrong = Array.from({ length: 1_200 }, (_, at) => learnerRow(at, { date: 'soon' }));
    const report = await dryRun(context, bulkFile(wrong), { onRow: () => void (told += 1) });
    expect(told).toBe(1_200);
    expect(report.examples).toHaveLength(100);
    expect(report.findings).toEqual({ bad_date: 1_200 });
    expect(report.results.refused).toBe(1_200);
  });

  it('estimates the time from limits it is told', async () => {
    const { context } = await openAddFlow();
    const report = await dryRun(context, learners(30), { mailsPerMinute: 10, submissionsPerMinute: 60 });
    expect(report.estimate).toEqual({ mailingMs: 180_000, submittingMs: 30_000 });
  });

  it('needs a key for every award', async () => {
    const { context } = await openAddFlow();
    const mapping = { type: 'microcredential', columns: { email: 'email' } } as const;
    await expect(dryRun(context, learners(1, { mapping }))).rejects.toMatchObject({
      code: 'bad_mapping',
      message: expect.stringContaining('key'),
    });
  });
});

describe('a dry run of a workbook', () => {
  const titles = ['key', 'full_name', 'email', 'issuer_name', 'microcredential_name', 'issue_date', 'note'];
  const texts = (at: number) => [
    `W-${at}`,
    nameOf(at),
    `l${at}@example.edu`,
    'Example University',
    'Welding',
    '2026-02-20',
  ];
  const cell = (column: string, row: number, rest: string) => `<c r="${column}${row}"${rest}</c>`;
  const mapping: ColumnMapping = {
    type: 'microcredential',
    columns: Object.fromEntries(titles.filter((title) => title !== 'note').map((title) => [title, title])),
  };

  it('issues no hidden row, no formula, and warns of an id that is a number', async () => {
    const { context } = await openAddFlow();
    const rest = (at: number) => textRow(at, ['', ...texts(at).slice(1)]).replace(/<c r="A\d+".*?<\/c>/, '#');
    const bytes = workbook({
      rows: [
        textRow(1, titles),
        textRow(2, texts(2)),
        textRow(3, texts(3), ' hidden="1"'),
        rest(4).replace('#', cell('A', 4, '><v>104233</v>')),
        rest(5).replace('#', cell('A', 5, ' t="str"><f>B1</f><v>W-5</v>')),
        textRow(6, texts(6)).replace('</row>', `${cell('G', 6, '><f>1+1</f><v>2</v>')}</row>`),
      ].join(''),
    });
    const rows = await rowsOf(context, { mapping, open: () => pieces(bytes) });
    expect(rows.map(({ row, result }) => [row, result])).toEqual([
      [2, 'created'],
      [3, 'refused'],
      [4, 'created'],
      [5, 'refused'],
      [6, 'created'],
    ]);
    expect(rows.map(codesOf)).toEqual([
      [],
      ['hidden_row'],
      ['number_cell'],
      ['formula_cell', 'missing_field'],
      [],
    ]);
    expect(rows[2]?.findings[0]).toMatchObject({ field: 'key', severity: 'warning' });
  });
});

describe('the name of a run', () => {
  it('is the same for the same file, read in the same way', async () => {
    const { context } = await openAddFlow();
    const name = async (file: Parameters<typeof dryRun>[1]) => (await dryRun(context, file)).runId;
    const first = await name(learners(2));
    expect(await name(learners(2))).toBe(first);
    expect(await name(learners(3))).not.toBe(first);
    expect(await name(learners(2, { only: new Set(['WELD-1']) }))).not.toBe(first);
  });
});
