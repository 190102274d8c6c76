import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MyAwards } from '../../contract/me-awards.ts';
import { serviceOf } from '../../server/src/plugin-services.ts';
import { courseMapping } from '../mapping/course-mapping.ts';
import { allow, EndUser } from '../site/end-user.ts';
import { type Site, startSite } from '../site/start-site.ts';
import { completedCourse } from './completed-course.ts';

const path = '/api/seek-pass/me/awards';

let site: Site;
beforeAll(async () => {
  site = await startSite({ config: { mappings: [courseMapping] } });
}, 60_000);
afterAll(() => site.close());

async function awardsOf(user: EndUser): Promise<MyAwards['data']> {
  const { status, body } = await user.ask<MyAwards>('GET', path);
  expect(status).toBe(200);
  return body.data;
}

test('security rule 24: nobody may ask before staff tick it in a role', async () => {
  const user = await EndUser.registered(site);
  expect((await user.ask('GET', path)).status).toBe(403);
  expect((await user.ask('POST', `${path}/${'A'.repeat(22)}/claim`)).status).toBe(403);
  await allow(site.strapi, 'authenticated', 'plugin::seek-pass.me.awards');
  await allow(site.strapi, 'authenticated', 'plugin::seek-pass.me.claim');
  expect((await user.ask('GET', path)).status).toBe(200);
});

test('staff see both permissions in the roles of Users & Permissions', async () => {
  const actions = await site.strapi.plugin('users-permissions').service('users-permissions').getActions();
  expect(actions['plugin::seek-pass'].controllers).toEqual({
    me: { awards: { enabled: false, policy: '' }, claim: { enabled: false, policy: '' } },
  });
});

test('a user whom staff linked sees what they have, and no link, address or key', async () => {
  const user = await EndUser.registered(site);
  const { awardId, completionId } = await completedCourse(site, { user: user.documentId });
  const { body, headers } = await user.ask<MyAwards>('GET', `${path}?locale=vi`);
  expect(body).toEqual({
    data: [
      {
        id: awardId,
        title: 'Forklift Safety – 8 hours',
        credentialType: 'microcredential',
        state: 'ready',
        stateText: expect.stringMatching(/\S/),
        issuedAt: expect.stringMatching(/^\d{4}-/),
        mayAdd: 'yes',
      },
    ],
  });
  expect(JSON.stringify(body)).not.toContain(completionId);
  expect(headers.get('cache-control')).toBe('no-store');
});

test("security rule 24: registering with a victim's e-mail: 0 awards", async () => {
  const email = 'victim@learners.example';
  await completedCourse(site, { user: null, email });
  const thief = await EndUser.registered(site, email);
  await thief.change(site.strapi, { confirmed: true });
  expect(await awardsOf(thief)).toEqual([]);
});

test('security rule 24: nor for another user, nor once staff unlinked the user', async () => {
  const [user, other] = [await EndUser.registered(site), await EndUser.registered(site)];
  const { learnerId } = await completedCourse(site, { user: user.documentId });
  expect(await awardsOf(user)).toHaveLength(1);
  expect(await awardsOf(other)).toEqual([]);
  await site.strapi.documents('api::learner.learner' as never).update({
    documentId: learnerId,
    data: { user: other.documentId } as never,
  });
  // The award holds the first user, the entry the second: it is nobody's until it is issued anew.
  expect(await awardsOf(user)).toEqual([]);
  expect(await awardsOf(other)).toEqual([]);
});

test('security rule 24: a new account with the number of a deleted one has nothing', async () => {
  const user = await EndUser.registered(site);
  await completedCourse(site, { user: user.documentId });
  await user.remove(site.strapi);
  const next = await EndUser.registered(site);
  const { connection: knex } = site.strapi.db;
  const links = knex('up_users_role_lnk').where({ user_id: next.id });
  const [{ role_id }] = await links.clone().select('role_id');
  await links.clone().delete();
  await knex('up_users').where({ id: next.id }).update({ id: user.id });
  await knex('up_users_role_lnk').insert({ user_id: user.id, role_id });
  // The old token is that of the number, as Strapi has it; the award is not.
  expect(await awardsOf(user)).toEqual([]);
});

test('security rule 24: anonymous visitors, API tokens and administrators are refused, whatever they may do', async () => {
  await allow(site.strapi, 'public', 'plugin::seek-pass.me.awards');
  const ask = async (headers: Record<string, string>) => (await fetch(site.url + path, { headers })).status;
  expect(await ask({})).toBe(401);
  const token = await site.strapi
    .service('admin::api-token')
    .create({ name: 'everything', description: '', type: 'full-access', lifespan: null });
  expect(await ask({ authorization: `Bearer ${token.accessKey}` })).toBe(401);
  expect((await site.admin.ask('GET', path)).status).toBe(401);
});

test('security rule 24: a blocked or deleted user is refused', async () => {
  const user = await EndUser.registered(site);
  await user.change(site.strapi, { blocked: true });
  expect((await user.ask('GET', path)).status).toBe(401);
  await user.change(site.strapi, { blocked: false });
  await user.remove(site.strapi);
  expect((await user.ask('GET', path)).status).toBe(401);
});

test('security rule 24: a link that end users could write is no link of staff', async () => {
  const user = await EndUser.registered(site);
  const before = await completedCourse(site, { user: user.documentId });
  for (const [role, action] of [
    ['authenticated', 'api::learner.learner.update'],
    ['public', 'api::completion.completion.create'],
    ['authenticated', 'plugin::users-permissions.user.update'],
  ] as const) {
    const takeBack = await allow(site.strapi, role, action);
    expect(await awardsOf(user)).toEqual([]);
    const entry = await site.strapi.documents('api::completion.completion' as never).findOne({
      documentId: before.completionId,
      status: 'published',
      populate: serviceOf(site.strapi, 'mappings').populateOf(courseMapping) as never,
    });
    const { input, findings } = await serviceOf(site.strapi, 'mappings').readEntry(
      courseMapping,
      entry as never,
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ target: 'user', message: expect.stringContaining(action) }),
    );
    expect(input?.recipient).not.toHaveProperty('subject');
    await takeBack();
    expect(await awardsOf(user)).toHaveLength(1);
  }
});

test('unknown members of the question are refused', async () => {
  const user = await EndUser.registered(site);
  expect((await user.ask('GET', `${path}?email=lan@learners.example`)).status).toBe(400);
  expect((await user.ask('GET', `${path}?limit=1000`)).status).toBe(400);
});

test('without a connection the site says so, and nothing of its settings', async () => {
  const user = await EndUser.registered(site);
  await serviceOf(site.strapi, 'connection').close();
  const { status, body, headers } = await user.ask('GET', path);
  expect([status, headers.get('retry-after')]).toEqual([503, '60']);
  expect(body).toMatchObject({ error: { name: 'ServiceUnavailableError' } });
  await serviceOf(site.strapi, 'connection').reopen();
});
