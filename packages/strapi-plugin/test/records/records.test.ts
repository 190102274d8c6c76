import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ErasureReport, ErasureWithStanding } from '@seek-pass-kit/flows';
import { permissionAction } from '../../contract/permissions.ts';
import type { AuditVerdictAnswer } from '../../contract/records.ts';
import { recordRoutes } from '../../server/src/records/record-routes.ts';
import { addFlowOf, issueAward } from '../claims/issued-award.ts';
import { type Site, startSite } from '../site/start-site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
}, 60_000);
afterAll(() => site.close());

const mai = { fullName: 'Trần Thị Mai', email: 'mai@learners.example' };
const verdict = async (query = '') =>
  (await site.admin.ask<AuditVerdictAnswer>('GET', `/seek-pass/audit/verdict${query}`)).body;
const erase = (body: object) =>
  site.admin.ask<ErasureReport & { readonly error?: { readonly message: string } }>(
    'POST',
    '/seek-pass/erasures',
    { reason: 'asked_by_person', ...body },
  );
const work = () => addFlowOf(site).runDue({ budgetMs: 2_000 });

test('whoever lacks a permission of a route gets nothing from it', async () => {
  for (const permissions of [['read', 'personal-data'], ['settings']] as const) {
    const member = await site.staff(permissions.map((name) => ({ action: permissionAction(name) })));
    for (const { method, path } of recordRoutes) {
      if (method === 'GET' && permissions[0] === 'settings') continue;
      const answer = await member.ask(method, `/seek-pass${path}`, method === 'GET' ? undefined : {});
      expect(answer.status).toBe(403);
    }
  }
});

test('an erasure says beforehand what it would do, and does nothing then', async () => {
  await issueAward(site, 'mai-1', mai);
  const { body } = await erase({ of: { email: mai.email }, dryRun: true });
  expect(body).toMatchObject({ outcome: 'would_erase', removed: { recipients: 1 } });
  expect(JSON.stringify(body)).not.toContain(mai.email);
  expect((await addFlowOf(site).status('mai-1'))?.state).toBe('ready');
});

test('an erasure needs the person typed twice, alike', async () => {
  for (const confirmation of [undefined, '', 'mai@learners.exampl']) {
    const { status, body } = await erase({ of: { email: mai.email }, confirmation });
    expect(status).toBe(400);
    expect(body.error?.message).toBe('confirmation: does not say the same: type it as above');
  }
  expect((await erase({ of: { email: 'no address' }, confirmation: 'no address' })).status).toBe(400);
  expect((await erase({ of: { email: mai.email, key: 'mai-1' }, dryRun: true })).status).toBe(400);
  expect((await addFlowOf(site).status('mai-1'))?.state).toBe('ready');
});

test('security rule 17: an erased learner can neither claim nor be issued to again, and the trail says who erased', async () => {
  const { awardId } = await issueAward(site, 'mai-2', mai);
  const { status, body } = await erase({ of: { email: mai.email }, confirmation: mai.email });
  expect(status).toBe(200);
  expect(body).toMatchObject({ outcome: 'erased', standing: { standing: 'pending', on: 'key_in_use' } });
  expect((await addFlowOf(site).statusOf(awardId))?.state).toBe('erased');
  await expect(issueAward(site, 'mai-3', mai)).rejects.toThrow(/erased/);
  const { body: listed } = await site.admin.ask<{ readonly erasures: readonly ErasureWithStanding[] }>(
    'GET',
    '/seek-pass/erasures',
  );
  expect(listed.erasures).toMatchObject([{ who: `strapi:${site.admin.id}`, reason: 'asked_by_person' }]);
  expect(await erase({ of: { email: mai.email }, confirmation: mai.email })).toMatchObject({
    body: { outcome: 'nothing_found' },
  });
});

test('security rule 18: the trail is intact, and a deleted row is detected and named', async () => {
  await issueAward(site, 'lan-1');
  // What the first run does is chained by the second.
  await work();
  await work();
  const before = await verdict();
  expect(before).toMatchObject({ intact: true, problems: [], waiting: { lines: 0 } });
  expect(before.lines).toBeGreaterThan(4);
  const knex = site.strapi.db.connection;
  const [row] = await knex('seek_pass_history').orderBy('position').limit(1);
  const remove = () => knex('seek_pass_history').where({ position: row.position }).delete();
  await expect(remove()).rejects.toThrow(/never changed or deleted/);
  await knex.raw('drop trigger seek_pass_history_refuses_delete');
  await remove();
  expect(await verdict()).toMatchObject({
    intact: false,
    problems: [{ kind: 'line_missing', source: 'award', position: row.position }],
  });
});

test('security rule 18: a head that the log told must be in the chain', async () => {
  const { head } = await verdict();
  if (head === null) throw new Error('There is a head.');
  const kinds = async (query: string) => (await verdict(query)).problems.map(({ kind }) => kind);
  expect(await kinds(`?head=${head.number}.${head.mac}`)).not.toContain('head_missing');
  const other = `${head.mac.startsWith('A') ? 'B' : 'A'}${head.mac.slice(1)}`;
  expect(await kinds(`?head=${head.number}.${head.mac}&head=${head.number}.${other}`)).toContain(
    'head_missing',
  );
  expect((await site.admin.ask('GET', '/seek-pass/audit/verdict?head=1')).status).toBe(400);
});
