import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailsOf } from '../site/sent-mails.ts';
import { type Site, startSite } from '../site/start-site.ts';
import { makeCompletions } from './completions.ts';
import { allRows, bulkRole, confirmRun, startRun, tickedRun } from './follow-run.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
}, 60_000);
afterAll(() => site.close());

test('a page of a hundred and one more entries are looked through, confirmed and issued, each with its mail', {
  timeout: 60_000,
}, async () => {
  const ids = await makeCompletions(site, 101);
  const staff = await site.staff(bulkRole);
  const looked = await startRun(staff, tickedRun(ids));
  expect(looked).toMatchObject({
    state: 'waiting',
    total: 101,
    looked: 101,
    people: 101,
    planned: { created: 101, refused: 0 },
    brake: { awards: 101, needsConfirmation: false, canary: 0 },
  });
  const done = await confirmRun(staff, looked);
  expect(done).toMatchObject({ state: 'done', decided: 101, results: { created: 101, refused: 0 } });
  const rows = await allRows(staff, done.id);
  expect(new Set(rows.map(({ awardId }) => awardId)).size).toBe(101);
  expect(rows.map(({ documentId }) => documentId)).toEqual(ids);
  await expect.poll(() => new Set(mailsOf().map(({ to }) => to)).size, { timeout: 10_000 }).toBe(101);
  expect(mailsOf()).toHaveLength(101);
  // The same again gives nothing anew.
  const again = await startRun(staff, tickedRun(ids));
  expect(again).toMatchObject({ planned: { unchanged: 101 }, brake: { awards: 0 } });
});
