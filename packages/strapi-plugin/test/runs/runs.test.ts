import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunDetail } from '../../contract/runs.ts';
import { serviceOf } from '../../server/src/plugin-services.ts';
import { mailsOf } from '../site/sent-mails.ts';
import type { StaffMember } from '../site/staff-member.ts';
import { type Site, startSite } from '../site/start-site.ts';
import { makeCompletions } from './completions.ts';
import { allRows, bulkRole, confirmRun, filterRun, settled, startRun, tickedRun } from './follow-run.ts';

const slow = { timeout: 60_000 };
const [issue, read] = bulkRole;

let site: Site;
let staff: StaffMember;
beforeAll(async () => {
  site = await startSite();
  staff = await site.staff([...bulkRole, { action: 'plugin::seek-pass.export' }]);
}, 60_000);
afterAll(() => site.close());

test(
  'a page of a hundred and one more entries are checked, confirmed and issued, each with its mail',
  slow,
  async () => {
    const ids = await makeCompletions(site, 101);
    const looked = await startRun(staff, tickedRun(ids));
    expect(looked).toMatchObject({
      state: 'waiting',
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
    await expect.poll(() => mailsOf().length, { timeout: 20_000 }).toBe(101);
    expect(new Set(mailsOf().map(({ to }) => to)).size).toBe(101);
    const again = await startRun(staff, tickedRun(ids));
    expect(again).toMatchObject({ planned: { unchanged: 101 }, brake: { awards: 0 } });
  },
);

test(
  'all entries of a filtered list are those that the list shows, beyond its first page',
  slow,
  async () => {
    await makeCompletions(site, 130, (at) => ({ outcome: at < 115 ? 'failed' : 'enrolled' }));
    const filters = { $and: [{ outcome: { $eq: 'failed' } }] };
    const looked = await startRun(staff, filterRun({ filters }));
    expect(looked).toMatchObject({ state: 'waiting', total: 115, planned: { created: 115 } });
    const listed: string[] = [];
    for (const page of [1, 2]) {
      const path = `/content-manager/collection-types/api::completion.completion?pageSize=100&page=${page}&filters[$and][0][outcome][$eq]=failed`;
      const { body } = await staff.ask<{ results: Array<{ documentId: string }> }>('GET', path);
      listed.push(...body.results.map(({ documentId }) => documentId));
    }
    const rows = await allRows(staff, looked.id);
    expect(new Set(rows.map(({ documentId }) => documentId))).toEqual(new Set(listed));
    const search = await startRun(staff, filterRun({ _q: 'C-00101' }));
    expect(search).toMatchObject({ total: 1 });
  },
);

test(
  'an entry whose published version does not fit the filter, or that has none, is refused',
  slow,
  async () => {
    const [changed = '', draft = ''] = await makeCompletions(site, 2, (at) => ({
      published: at === 0,
      outcome: 'passed',
      completedOn: '2026-04-01',
    }));
    await site.strapi.db
      .connection('completions')
      .where({ document_id: changed })
      .whereNotNull('published_at')
      .update({ completed_on: '2026-03-31' });
    const filters = { $and: [{ completedOn: { $eq: '2026-04-01' } }] };
    const looked = await startRun(staff, filterRun({ filters }));
    const rows = await allRows(staff, looked.id);
    expect(
      Object.fromEntries(rows.map(({ documentId, findings }) => [documentId, findings[0]?.code])),
    ).toEqual({
      [changed]: 'other_published_version',
      [draft]: 'not_published',
    });
  },
);

test('entries that the asker may not read are refused, and say nothing of themselves', slow, async () => {
  const own = await site.staff([
    issue,
    { ...read, conditions: ['admin::is-creator'] },
    { action: 'plugin::seek-pass.personal-data' },
  ]);
  const [mine = '', others = ''] = await makeCompletions(site, 2, (at) =>
    at === 0 ? { createdBy: own.id } : {},
  );
  const looked = await startRun(own, tickedRun([mine, others]));
  expect(looked).toMatchObject({ planned: { created: 1, refused: 1 } });
  const rows = await allRows(own, looked.id);
  expect(rows).toMatchObject([
    { documentId: mine, planned: 'created' },
    { planned: 'refused', findings: [{ code: 'not_readable' }] },
  ]);
  expect(rows[1]).not.toHaveProperty('documentId');
  expect(rows[1]).not.toHaveProperty('label');
  const nobody = await site.staff([issue]);
  expect((await nobody.ask('POST', '/seek-pass/runs', tickedRun([mine]))).status).toBe(403);
  expect((await nobody.ask('GET', `/seek-pass/runs/${looked.id}`)).status).toBe(404);
  const reader = await site.staff([read, { action: 'plugin::seek-pass.issue' }]);
  expect((await reader.ask('POST', '/seek-pass/runs', tickedRun([mine]))).status).toBe(403);
});

test(
  'only what was shown is issued: an entry that was changed after the check is refused, and can be checked again',
  slow,
  async () => {
    const ids = await makeCompletions(site, 3);
    const looked = await startRun(staff, tickedRun(ids));
    await site.strapi.db
      .connection('completions')
      .where({ document_id: ids[1] })
      .update({ completed_on: '2026-01-31' });
    const done = await confirmRun(staff, looked);
    expect(done).toMatchObject({ state: 'done', results: { created: 2, refused: 1 } });
    const [refused, ...none] = await allRows(staff, done.id, '&only=refused');
    expect(none).toEqual([]);
    expect(refused).toMatchObject({ documentId: ids[1], findings: [{ code: 'changed_since_check' }] });
    const { body: again } = await staff.ask<RunDetail>('POST', `/seek-pass/runs/${done.id}/retry`);
    const retried = await settled(staff, again.id);
    expect(retried).toMatchObject({ retryOf: done.id, total: 1, planned: { created: 1 } });
    expect(await confirmRun(staff, retried)).toMatchObject({ state: 'done', results: { created: 1 } });
    const { body } = await staff.ask<{ csv: string }>('GET', `/seek-pass/runs/${done.id}/results`);
    expect(body.csv).toContain('It is not what was shown before issuing');
  },
);

test('who lost the permission after confirming has the rest refused', slow, async () => {
  const leaving = await site.staff(bulkRole);
  const ids = await makeCompletions(site, 4);
  const looked = await startRun(leaving, tickedRun(ids));
  const [link] = await site.strapi.db.query('admin::user').findMany({ where: { id: leaving.id } });
  expect(link).toBeDefined();
  const { context } = serviceOf(site.strapi, 'connection').required().addFlow;
  await site.strapi.db
    .connection('seek_pass_runs')
    .where({ id: looked.id })
    .update({ leased_until: context.clock.now() + 60_000 });
  const run = await leaving.ask<RunDetail>('POST', `/seek-pass/runs/${looked.id}/confirm`, { awards: 3 });
  expect(run.status).toBe(400);
  await site.strapi.db.query('admin::user').update({ where: { id: leaving.id }, data: { isActive: false } });
  const ability = { can: () => true, cannot: () => false };
  const asker = { who: `strapi:${leaving.id}`, ability, seesPersonalData: false };
  await serviceOf(site.strapi, 'runs').confirm(looked.id, 4, asker);
  const ended = await settled(staff, looked.id);
  expect(ended).toMatchObject({ state: 'stopped', decided: 4, results: { created: 0, refused: 4 } });
  expect((await allRows(staff, looked.id)).map(({ findings }) => findings[0]?.code)).toEqual(
    Array.from({ length: 4 }, () => 'not_permitted'),
  );
});

test(
  'a stop of issuing pauses a run, a correction needs its number, and a cancelled run issues nothing more',
  slow,
  async () => {
    const ids = await makeCompletions(site, 2);
    const { addFlow } = serviceOf(site.strapi, 'connection').required();
    const looked = await startRun(staff, tickedRun(ids));
    await addFlow.stopIssuing(null, { who: 'strapi:1', reason: 'maintenance' });
    expect(await confirmRun(staff, looked)).toMatchObject({
      state: 'paused',
      pause: 'issuing_stopped',
      decided: 0,
    });
    await addFlow.resumeIssuing(null, { who: 'strapi:1', reason: 'resolved' });
    await staff.ask('POST', `/seek-pass/runs/${looked.id}/resume`);
    expect(await settled(staff, looked.id)).toMatchObject({ state: 'done', results: { created: 2 } });

    await site.strapi.db
      .connection('completions')
      .where({ document_id: ids[0] })
      .update({ completed_on: '2026-01-31' });
    const corrected = await startRun(staff, tickedRun(ids));
    expect(corrected).toMatchObject({
      planned: { unchanged: 1 },
      brake: { awards: 1, needsConfirmation: true },
    });
    expect((await staff.ask('POST', `/seek-pass/runs/${corrected.id}/confirm`, { awards: 2 })).status).toBe(
      400,
    );
    await staff.ask('POST', `/seek-pass/runs/${corrected.id}/cancel`);
    expect((await staff.ask('POST', `/seek-pass/runs/${corrected.id}/confirm`, { awards: 1 })).status).toBe(
      400,
    );
    expect(await settled(staff, corrected.id)).toMatchObject({ state: 'cancelled', decided: 0 });
  },
);

test('a run in which too much would be refused cannot be issued', slow, async () => {
  const ids = await makeCompletions(site, 12, (at) => ({ published: at === 0 }));
  const looked = await startRun(staff, tickedRun(ids));
  expect(looked).toMatchObject({ planned: { created: 1, refused: 11 }, brake: { tooManyRefused: true } });
  expect((await staff.ask('POST', `/seek-pass/runs/${looked.id}/confirm`, { awards: 1 })).status).toBe(400);
});
