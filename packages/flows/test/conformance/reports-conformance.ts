import { proof } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countedNames } from '../../src/reporting/counted.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';
import type { ReportCount, ReportQuery } from '../../src/store/reports.ts';
import type { AwardRow } from '../../src/store/rows.ts';
import { awardRow, historyRow, newIssuer, recipientRow } from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

const hour = 3_600_000;
/** In Sydney the clocks are put back an hour on the night to 5 April 2026. */
const sydney = 'Australia/Sydney';
const periods = ['2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06', '2026-04-07'];
const query = (issuer: string, change: Partial<ReportQuery> = {}): ReportQuery => ({
  issuer,
  timeZone: sydney,
  periods,
  end: '2026-04-08',
  ...change,
});
/** Midnight in Sydney at the beginning of 4 April. */
const midnight = Date.UTC(2026, 3, 3, 13);

export function reportsConformance(open: OpenStore): void {
  describe('reports', () => {
    test('nothing is counted before somebody asks for it in a time zone', async () => {
      const { store } = open();
      const issuer = newIssuer();
      expect(await store.read.reportCounts(query(issuer))).toBeUndefined();
      await store.transaction((tx) => tx.recountReports(issuer, sydney));
      expect(await store.read.reportCounts(query(issuer))).toEqual([]);
      expect(await store.read.reportCounts(query(issuer, { timeZone: 'UTC' }))).toBeUndefined();
    });

    test('a day begins by the clocks of the time zone, also when they are put back', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.recountReports(issuer, sydney));
      const times = [
        midnight - 1,
        midnight,
        midnight + 24 * hour,
        midnight + 49 * hour - 1,
        midnight + 49 * hour,
      ];
      await insert(store, issuer, times);
      expect(issued(await store.read.reportCounts(query(issuer)))).toEqual([1, 1, 2, 1, undefined]);
      await store.transaction((tx) => tx.recountReports(issuer, 'UTC'));
      const inUtc = await store.read.reportCounts(query(issuer, { timeZone: 'UTC' }));
      expect(issued(inUtc)).toEqual([2, 1, 2, undefined, undefined]);
    });

    test('periods take the days up to the next one, and the last one up to the end', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.recountReports(issuer, 'UTC'));
      await insert(
        store,
        issuer,
        [0, 1, 2, 3, 4, 5].map((day) => Date.UTC(2026, 3, 2 + day, 12)),
      );
      const found = await store.read.reportCounts(
        query(issuer, { timeZone: 'UTC', periods: ['2026-04-03', '2026-04-05'], end: '2026-04-07' }),
      );
      expect(issued(found).slice(0, 2)).toEqual([2, 2]);
      expect(found?.map((one) => named(one)['state_ready'])).toEqual([2, 2]);
    });

    test('each milestone counts once for an award, on the day when it was first reached', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.recountReports(issuer, sydney));
      await insert(store, issuer, [midnight]);
      const lines = ['submitted', 'expired', 'submitted', 'added', 'added_after_withdrawal', 'mail_sent'];
      for (const [day, what] of lines.entries()) {
        await store.transaction((tx) =>
          tx.appendHistory([historyRow(issuer, 'a0', { what, at: midnight + day * 25 * hour })]),
        );
      }
      const found = await store.read.reportCounts(query(issuer));
      const by = (period: number) => found?.filter((one) => one.period === period).map(named)[0];
      expect(by(1)).toEqual({ issued: 1, started: 1, state_ready: 1, waited_4: 1 });
      expect(by(2)).toEqual({ expired: 1 });
      expect(by(3)).toBeUndefined();
      expect(by(4)).toEqual({ added: 1 });
    });

    test('two lines of one milestone in one statement count once', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.recountReports(issuer, sydney));
      await insert(store, issuer, [midnight]);
      const line = historyRow(issuer, 'a0', { what: 'added', at: midnight });
      await store.transaction((tx) => tx.appendHistory([line, { ...line, what: 'added_after_withdrawal' }]));
      const found = await store.read.reportCounts(query(issuer));
      expect(found?.filter(({ period }) => period === 1).map(named)[0]).toMatchObject({
        issued: 1,
        added: 1,
      });
    });

    test('what a transaction that failed had changed does not count', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.recountReports(issuer, sydney));
      const failed = store.transaction(async (tx) => {
        await tx.insertRecipients([recipientRow(issuer, 'r')]);
        await tx.insertAwards([awardRow(issuer, 'a0', 'r', { createdAt: midnight })]);
        expect(await tx.countByState(issuer)).toEqual({ ready: 1 });
        throw new Error('undone');
      });
      await expect(failed).rejects.toThrow('undone');
      expect(await store.read.reportCounts(query(issuer))).toEqual([]);
      expect(await store.read.countByState(issuer)).toEqual({});
    });

    test('courses are stored once and found by their ids; those of another issuer are not', async () => {
      const { store, other } = open();
      const [issuer, stranger] = [newIssuer(), newIssuer()];
      const row = (id: string) => ({
        issuer,
        id,
        credentialType: 'education',
        sealedCourse: Uint8Array.of(1, 0, 255),
      });
      await store.transaction((tx) => tx.insertCourses([row('b'), row('a')]));
      await other.transaction((tx) => tx.insertCourses([{ ...row('a'), sealedCourse: Uint8Array.of(9) }]));
      const found = await store.read.courses(issuer, ['b', 'a', 'c']);
      expect(found.map(({ id }) => id).sort()).toEqual(['a', 'b']);
      expect(found.every(({ sealedCourse }) => sealedCourse.length === 3)).toBe(true);
      expect(await store.read.courses(stranger, ['a'])).toEqual([]);
    });

    test('many that fold at once add each change up once', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.recountReports(issuer, sydney));
      await insert(
        store,
        issuer,
        Array.from({ length: 60 }, (_, at) => midnight + at * hour),
      );
      const before = sorted(await store.read.reportCounts(query(issuer)));
      const folds = Array.from({ length: 6 }, (_, at) =>
        (at % 2 === 0 ? store : other).transaction((tx) => tx.foldReports(issuer)),
      );
      const recount = other.transaction((tx) => tx.recountReports(issuer, 'UTC'));
      await Promise.all([...folds, recount]);
      expect(sorted(await store.read.reportCounts(query(issuer)))).toEqual(before);
      expect(await store.read.countByState(issuer)).toEqual({ ready: 60 });
    });

    const sizes = { small: 8, full: 400 };
    const name = 'after any lives of awards, folded at any moments, the counts are those of counting anew';
    proof(name, sizes, async ({ size, seed }) => {
      const { store, other } = open();
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
          const issuer = newIssuer();
          const model = createMemoryStore();
          for (const of of [store, model]) {
            await of.transaction(async (tx) => {
              await tx.recountReports(issuer, sydney);
              await tx.insertRecipients([recipientRow(issuer, 'r')]);
            });
          }
          for (const [at, one] of steps.entries()) {
            await take(model, issuer, one, at);
            await take(at % 2 === 0 ? store : other, issuer, one, at);
          }
          const expected = sorted(await model.read.reportCounts(query(issuer)));
          expect(sorted(await store.read.reportCounts(query(issuer)))).toEqual(expected);
          expect(await store.read.countByState(issuer)).toEqual(await model.read.countByState(issuer));
          await store.transaction((tx) => tx.recountReports(issuer, sydney));
          expect(sorted(await store.read.reportCounts(query(issuer)))).toEqual(expected);
          expect(await store.read.countByState(issuer)).toEqual(await model.read.countByState(issuer));
        }),
        { numRuns: size, seed },
      );
    });
  });
}

const whats = [
  'submitted',
  'added',
  'declined',
  'expired',
  'withdrawn',
  'added_after_withdrawal',
  'mail_sent',
];
const outcomes = ['open', 'verified', 'declined', 'expired', 'closed', 'refused'] as const;

/** Something that happens to an award, or to what is counted. Times are half hours around the midnight when clocks go back. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('insert' as const),
    at: fc.nat(240),
    course: fc.constantFrom(null, 'c1', 'c2'),
  }),
  fc.record({
    do: fc.constant('change' as const),
    award: fc.nat(9),
    what: fc.constantFrom(...whats),
    outcome: fc.constantFrom(...outcomes),
    closed: fc.constantFrom({}, { linkClosure: 'withdrawn' } as const, { erased: 'delivery_data' } as const),
    at: fc.nat(240),
    fails: fc.boolean(),
  }),
  fc.record({ do: fc.constant('fold' as const), fails: fc.boolean() }),
  fc.record({
    do: fc.constant('recount' as const),
    timeZone: fc.constantFrom(sydney, 'UTC', 'Asia/Jakarta'),
  }),
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function take(store: Store, issuer: string, one: Step, at: number): Promise<void> {
  const time = (halfHours: number) => midnight - 24 * hour + halfHours * (hour / 2);
  switch (one.do) {
    case 'insert':
      await insert(store, issuer, [time(one.at)], { course: one.course }, `a${at}`);
      return;
    case 'change': {
      const { awards } = await store.read.listAwards({ issuer, limit: 100 });
      const award = awards[one.award % Math.max(1, awards.length)];
      if (award === undefined) return;
      await undone(one.fails, () =>
        store.transaction(async (tx) => {
          await tx.updateAward({
            ...award,
            facts: {
              submissions: [{ attempt: 1, outcome: one.outcome }],
              ...one.closed,
            },
          });
          await tx.appendHistory([historyRow(issuer, award.id, { what: one.what, at: time(one.at) })]);
          if (one.fails) throw new Error('undone');
        }),
      );
      return;
    }
    case 'fold':
      await undone(one.fails, () =>
        store.transaction(async (tx) => {
          await tx.foldReports(issuer);
          if (one.fails) throw new Error('undone');
        }),
      );
      return;
    case 'recount':
      await store.transaction((tx) => tx.recountReports(issuer, one.timeZone));
  }
}

async function undone(fails: boolean, work: () => Promise<void>): Promise<void> {
  if (fails) await expect(work()).rejects.toThrow('undone');
  else await work();
}

async function insert(
  store: Store,
  issuer: string,
  times: readonly number[],
  change: Partial<AwardRow> = {},
  name = 'a',
): Promise<void> {
  await store.transaction(async (tx) => {
    if ((await tx.recipient(issuer, 'r')) === undefined)
      await tx.insertRecipients([recipientRow(issuer, 'r')]);
    await tx.insertAwards(
      times.map((createdAt, at) => awardRow(issuer, `${name}${at}`, 'r', { createdAt, ...change })),
    );
  });
}

function issued(found: readonly ReportCount[] | undefined): (number | undefined)[] {
  return periods.map((_, at) => found?.filter(({ period }) => period === at).map(named)[0]?.['issued']);
}

/** The numbers that are not 0, by their names. */
function named({ numbers }: ReportCount): Readonly<Record<string, number>> {
  const entries = countedNames.map((name, place) => [name, numbers[place] ?? 0] as const);
  return Object.fromEntries(entries.filter(([, number]) => number !== 0));
}

/** In one order, without those that are all 0. */
function sorted(found: readonly ReportCount[] | undefined): string[] | undefined {
  return found
    ?.filter(({ numbers }) => numbers.some((number) => number !== 0))
    .map(({ course, period, numbers }) => JSON.stringify([course, period, numbers]))
    .sort();
}
