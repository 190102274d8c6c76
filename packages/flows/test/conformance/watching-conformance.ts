import { describe, expect, test } from 'vitest';
import { awardRow, mailRow, newIssuer, recipientRow, start, submissionRow } from './sample-rows.ts';
import type { StoreUnderTest } from './store-under-test.ts';

/** What an operator watches. */
export function watchingConformance(open: () => StoreUnderTest): void {
  test('mails are counted in the states that are asked for, where there are any', async () => {
    const { store } = open();
    const issuer = newIssuer();
    await store.transaction(async (tx) => {
      await tx.insertMails([
        mailRow(issuer, 'm1', { state: 'accepted' }),
        mailRow(issuer, 'm2', { state: 'unknown' }),
        mailRow(issuer, 'm3', { state: 'unknown' }),
        mailRow(issuer, 'm4'),
      ]);
    });
    expect(await store.read.countMailsIn(issuer, ['unknown', 'refused', 'intended'])).toEqual({
      unknown: 2,
      intended: 1,
    });
    expect(await store.read.countMailsIn(newIssuer(), ['unknown'])).toEqual({});
  });

  describe('open submissions', () => {
    async function withSubmissions(outcomes: ReadonlyArray<readonly [submittedAt: number, ended?: true]>) {
      const issuer = newIssuer();
      const { store } = open();
      await store.transaction(async (tx) => {
        await tx.insertRecipients([recipientRow(issuer, 'r1')]);
        for (const [at, [submittedAt, ended]] of outcomes.entries()) {
          await tx.insertAwards([awardRow(issuer, `a${at}`, 'r1')]);
          const row = submissionRow(issuer, `s${at}`, `a${at}`, { submittedAt });
          await tx.insertSubmission(row);
          if (ended) await tx.updateSubmission({ ...row, outcome: 'verified', nextPollAt: null });
        }
      });
      return { store, issuer };
    }

    test('are counted, with the oldest and how many were submitted by which time', async () => {
      const { store, issuer } = await withSubmissions([
        [start],
        [start + 10],
        [start + 10],
        [start + 11],
        [start - 500, true],
      ]);
      expect(await store.read.openSubmissions(issuer, [start - 1, start, start + 9, start + 10])).toEqual({
        count: 4,
        oldest: start,
        sumOfTimes: 4 * start + 31,
        submittedBy: [0, 1, 1, 3],
      });
    });

    test('are none where all have ended, and none of another issuer', async () => {
      const { store, issuer } = await withSubmissions([[start, true]]);
      const none = { count: 0, oldest: null, sumOfTimes: 0, submittedBy: [0] };
      expect(await store.read.openSubmissions(issuer, [start])).toEqual(none);
      await withSubmissions([[start]]);
      expect(await store.read.openSubmissions(issuer, [start])).toEqual(none);
    });
  });
}
