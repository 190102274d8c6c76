import { afterAll, beforeAll, expect, test } from 'vitest';
import { permissionAction } from '../../contract/permissions.ts';
import { type Site, startSite } from './start-site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
}, 60_000);
afterAll(() => site.close());

test('the site starts with the plugin, connected to the sandbox', async () => {
  expect(await site.admin.ask('GET', '/seek-pass/state')).toMatchObject({
    status: 200,
    body: { connected: true, problem: null },
  });
});

test('who may not read is refused', async () => {
  const nobody = await site.staff([]);
  expect((await nobody.ask('GET', '/seek-pass/state')).status).toBe(403);
  const reader = await site.staff([{ action: permissionAction('read') }]);
  expect((await reader.ask('GET', '/seek-pass/state')).status).toBe(200);
});
