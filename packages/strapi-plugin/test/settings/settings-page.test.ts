import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { permissionAction } from '../../contract/permissions.ts';
import type { ConnectionState, SettingsAnswer, TestAnswer } from '../../contract/settings.ts';
import { settingsRoutes } from '../../server/src/settings/settings-routes.ts';
import { issueAward } from '../claims/issued-award.ts';
import type { Site } from '../site/start-site.ts';
import { connectionOf, sandboxValues, save, startNewSite } from './new-site.ts';

let folder: string;
let keyFile: string;
let site: Site;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seek-pass-settings-'));
  keyFile = join(folder, 'secrets', 'keys.json');
  site = await startNewSite(keyFile, { folder });
}, 60_000);
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

const find = async () => (await site.admin.ask<SettingsAnswer>('GET', '/seek-pass/settings')).body;
const connect = () =>
  save(site, { values: sandboxValues(site.sandbox), clientSecret: site.sandbox.clientSecret });
const pathsOf = ({ body }: Awaited<ReturnType<typeof save>>) =>
  body.error.details.errors?.map(({ path }) => path.join('.'));

test('a site without any setting starts and says what to do', async () => {
  const { body } = await site.admin.ask<ConnectionState>('GET', '/seek-pass/state');
  expect(body).toMatchObject({ connected: false, environment: null });
  expect(body.problem).toMatch(/not connected to SEEK Pass yet: open Settings/);
  expect(await find()).toMatchObject({ revision: 0, secret: 'missing', canSaveSecret: true });
});

test('whoever may not change settings gets none of their routes', async () => {
  const reader = await site.staff([{ action: permissionAction('read') }]);
  for (const { method, path } of settingsRoutes) {
    expect((await reader.ask(method, `/seek-pass${path}`, method === 'GET' ? undefined : {})).status).toBe(
      403,
    );
  }
});

test('every permission of the plugin shows the state of the connection, none does not', async () => {
  const issuer = await site.staff([{ action: permissionAction('issue') }]);
  expect((await issuer.ask('GET', '/seek-pass/state')).status).toBe(200);
  const nobody = await site.staff([]);
  expect((await nobody.ask('GET', '/seek-pass/state')).status).toBe(403);
});

test('what is wrong stands beside its field, and nothing of it is saved', async () => {
  const answer = await save(site, {
    values: {
      ...sandboxValues(site.sandbox),
      baseUrl: 'https://host.example/path',
      claimBaseUrl: 'http://credentials.example.edu/claim',
      'brand.colour': 'blue',
      'sender.address': 'a@b.example, c@d.example',
      'reminders.timeZone': 'Sydney',
    },
    clientSecret: 'your-client-secret',
  });
  expect(answer.status).toBe(400);
  expect(new Set(pathsOf(answer))).toEqual(
    new Set([
      'baseUrl',
      'claimBaseUrl',
      'brand.colour',
      'sender.address',
      'reminders.timeZone',
      'clientSecret',
    ]),
  );
  expect(answer.body.error.message).not.toContain('your-client-secret');
  expect((await find()).revision).toBe(0);
});

test('a member that no setting has is refused', async () => {
  const answer = await save(site, { values: { brandName: 'Wattle Bay' } as never });
  expect(answer.status).toBe(400);
});

test('half a form may be saved', async () => {
  const answer = await save(site, { values: { 'brand.name': 'Wattle Bay Training' } });
  expect(answer.body).toMatchObject({ revision: 1, state: { connected: false } });
  await save(site, {});
});

test('a client id that was mistyped can be corrected as long as nothing is issued', async () => {
  const { clientSecret } = site.sandbox;
  const mistyped = { ...sandboxValues(site.sandbox), clientId: 'sandbox-mistyped' };
  expect((await save(site, { values: mistyped, clientSecret })).body.state.connected).toBe(true);
  const { body } = await connect();
  expect(body).toMatchObject({
    secret: 'saved',
    state: { connected: true, environment: 'sandbox', problem: null },
  });
});

test('the key file is made once, for its owner only, and kept out of git', async () => {
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  expect((await readdir(dirname(keyFile))).sort()).toEqual(['.gitignore', 'keys.json']);
});

test('security rule 24: the client secret is in no answer and not in the database', async () => {
  const { clientSecret } = site.sandbox;
  await connect();
  const answers = [
    await site.admin.ask('GET', '/seek-pass/settings'),
    await site.admin.ask('GET', '/seek-pass/state'),
    await site.admin.ask('POST', '/seek-pass/settings/test', {}),
    await save(site, { values: sandboxValues(site.sandbox) }),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain(clientSecret);
  }
  for (const name of (await readdir(folder)).filter((file) => file.startsWith('site.db'))) {
    const bytes = await readFile(join(folder, name));
    expect(bytes.includes(clientSecret)).toBe(false);
    expect(bytes.includes(Buffer.from(clientSecret).toString('base64'))).toBe(false);
  }
});

test('security rule 16: no key of the key file is in the database', async () => {
  const text = await readFile(keyFile, 'utf8');
  const secrets = text.match(/[A-Za-z0-9_-]{43,}/g) ?? [];
  expect(secrets.length).toBeGreaterThanOrEqual(4);
  for (const name of (await readdir(folder)).filter((file) => file.startsWith('site.db'))) {
    const bytes = await readFile(join(folder, name));
    for (const secret of secrets) expect(bytes.includes(secret)).toBe(false);
  }
});

test('a saved secret goes to no other address than it was typed for', async () => {
  await connect();
  const answer = await save(site, {
    values: { ...sandboxValues(site.sandbox), baseUrl: 'http://localhost:9' },
  });
  expect(answer.status).toBe(400);
  expect(pathsOf(answer)).toEqual(['clientSecret']);
});

test('whoever saves over somebody else is told', async () => {
  await connect();
  const { revision, values } = await find();
  const stale = { revision: revision - 1, values };
  const answer = await site.admin.ask<{ error: { message: string } }>('PUT', '/seek-pass/settings', stale);
  expect(answer.status).toBe(400);
  expect(answer.body.error.message).toMatch(/Somebody else saved/);
});

test('settings that another instance saved are taken over at the next tick', async () => {
  await connect();
  const store = site.strapi.store({ type: 'plugin', name: 'seek-pass', key: 'connection' });
  const row = (await store.get({})) as { revision: number; values: object };
  const value = {
    ...row,
    revision: row.revision + 1,
    values: { ...row.values, 'brand.name': 'Another Name' },
  };
  await store.set({ value });
  const connection = connectionOf(site.strapi);
  expect(connection.required().settings['brand.name']).toBe('Wattle Bay Training');
  await connection.tick();
  expect(connection.required().settings['brand.name']).toBe('Another Name');
});

test('the test says which scopes work, and that a wrong secret does not', async () => {
  await connect();
  const good = await site.admin.ask<TestAnswer>('POST', '/seek-pass/settings/test', {});
  expect(good.body.findings).toContainEqual({
    area: 'seek_pass',
    result: 'ok',
    found: 'SEEK Pass accepts the client for write.microcredential, write.education.',
  });
  await save(site, { values: sandboxValues(site.sandbox), clientSecret: 'c2FuZGJveC1ub3QtaXQtYXQtYWxs' });
  const bad = await site.admin.ask<TestAnswer>('POST', '/seek-pass/settings/test', {});
  expect(bad.body.findings[0]).toMatchObject({
    result: 'problem',
    found: 'SEEK Pass does not accept the client id and the client secret.',
  });
  await connect();
});

test('the kill switch stops issuing, says who turned it and why, and can be taken back', async () => {
  await connect();
  const stopped = await site.admin.ask('POST', '/seek-pass/issuing/stop', { reason: 'wrong_data' });
  expect(stopped.body).toMatchObject({
    stops: [{ credentialType: null, who: 'Staff Member', reason: 'wrong_data' }],
  });
  expect((await find()).state.stopped).toBe(true);
  expect((await connectionOf(site.strapi).required().addFlow.stops()).inForce).toMatchObject([
    { who: `strapi:${site.admin.id}`, why: 'wrong_data' },
  ]);
  await site.admin.ask('POST', '/seek-pass/issuing/resume', { reason: 'resolved' });
  expect((await find()).state.stopped).toBe(false);
});

test('once something is issued, another client id is refused and the connection goes on', async () => {
  await connect();
  const { addFlow } = connectionOf(site.strapi).required();
  await issueAward(site, 'settings-page/1');
  const { clientSecret } = site.sandbox;
  const values = { ...sandboxValues(site.sandbox), clientId: 'sandbox-somebody-else' };
  const answer = await save(site, { values, clientSecret });
  expect(answer.status).toBe(400);
  expect(pathsOf(answer)).toEqual(['clientId']);
  expect(answer.body.error.message).toMatch(
    /belongs to another client id .* the connection of before goes on\./s,
  );
  expect((await find()).state.connected).toBe(true);
  expect(await addFlow.status('settings-page/1')).toMatchObject({ state: 'ready' });
});

test('security rule 16: without the key file of what is stored nothing is opened, and no new keys are made', async () => {
  await connect();
  const connection = connectionOf(site.strapi);
  const text = await readFile(keyFile);
  await rm(keyFile);
  await connection.reopen();
  expect(connection.current()).toBeUndefined();
  expect(connection.problem()).toMatch(/The key file .* is missing, .*restore it from its backup/);
  await expect(stat(keyFile)).rejects.toThrow('ENOENT');
  await writeFile(keyFile, text, { mode: 0o644 });
  await connection.reopen();
  expect(connection.problem()).toMatch(/can be read by other users/);
  await chmod(keyFile, 0o600);
  await connection.reopen();
  expect(connection.current()).toBeDefined();
});
