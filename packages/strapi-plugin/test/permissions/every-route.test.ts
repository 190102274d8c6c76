import { generateClaimKey } from '@seek-pass-kit/flows';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { permissionAction, type PermissionName, permissionNames } from '../../contract/permissions.ts';
import { EndUser } from '../site/end-user.ts';
import type { StaffMember } from '../site/staff-member.ts';
import { type Site, type StaffPermission, startSite } from '../site/start-site.ts';
import { ofEntries, ofImport, plantAwards, type PlantedSite } from './planted-site.ts';
import { routeTable } from './route-table.ts';

const reads: StaffPermission = {
  action: 'plugin::content-manager.explorer.read',
  subject: 'api::completion.completion',
  properties: { fields: ['reference', 'learner', 'course', 'completedOn', 'outcome', 'remarks'] },
};
const readers = {
  readable: [
    reads,
    {
      ...reads,
      subject: 'api::learner.learner',
      properties: { fields: ['fullName', 'email', 'studentNumber'] },
    },
  ],
  others: [{ ...reads, conditions: ['admin::is-creator'] }],
  nothing: [],
} as const;
type Reader = keyof typeof readers;

const roles: ReadonlyArray<readonly [string, readonly PermissionName[]]> = [
  ['none', []],
  ['all', permissionNames],
  ...permissionNames.map((name) => [`${name} alone`, [name]] as const),
  ...permissionNames.map(
    (name) => [`all but ${name}`, permissionNames.filter((other) => other !== name)] as const,
  ),
];

/** By default the roles that can show a wrong route; with PROVE=full every role with every reader. */
const isFull = process.env['PROVE'] === 'full';
const rolesOf = (reader: Reader) =>
  roles.filter(([name]) => {
    if (isFull || name === 'all' || name === 'all but personal-data') return true;
    return reader === 'readable' && !name.startsWith('all but ');
  });

const claimKey = generateClaimKey();
let site: Site;
let asker: StaffMember;
let planted: PlantedSite;
let claimToken: string;
beforeAll(async () => {
  site = await startSite({ config: { claimKey } });
  site.strapi.log.level = 'warn';
  asker = await site.staff([]);
  await give(permissionNames, 'readable');
  planted = await plantAwards(site, asker);
  const { text } = await send(asker.token, 'POST /entries/link');
  claimToken = new URL((JSON.parse(text) as { url: string }).url).pathname.split('/').at(-1) ?? '';
}, 60_000);
afterAll(() => site.close());

/** Makes the role of the asker another one. */
async function give(names: readonly PermissionName[], reader: Reader): Promise<void> {
  const permissions: readonly StaffPermission[] = [
    ...names.map((name) => ({ action: permissionAction(name) })),
    ...readers[reader],
  ];
  const { roles: has } = await site.strapi.db
    .query('admin::user')
    .findOne({ where: { id: asker.id }, populate: ['roles'] });
  await site.strapi.service('admin::role').assignPermissions(
    has[0].id,
    permissions.map(({ action, subject = null, properties = {}, conditions = [] }) => ({
      action,
      subject,
      properties,
      conditions,
    })),
  );
}

interface Sent {
  readonly status: number;
  readonly text: string;
}

/** Asks a route of the table, with this bearer token. */
async function send(token: string | undefined, name: string): Promise<Sent> {
  const [method = '', routePath = ''] = name.split(' ');
  const { path = routePath, query, body } = routeTable[name]?.ask?.(planted) ?? {};
  const address = `${site.url}/seek-pass${path}${query === undefined ? '' : `?${new URLSearchParams(query).toString()}`}`;
  const answer = await fetch(address, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
}

function expectedOf(name: string, permissions: readonly PermissionName[], reader: Reader): number {
  const right = routeTable[name];
  if (right === undefined) return 0;
  const { needs, readable, others = readable, nothing = others } = right;
  const may = needs === 'any' ? permissions.length > 0 : needs.every((need) => permissions.includes(need));
  return may ? { readable, others, nothing }[reader] : 403;
}

test('every route of the plugin stands in the table, and nothing else', () => {
  const { routes } = site.strapi.plugin('seek-pass') as unknown as {
    readonly routes: { readonly admin: { readonly routes: ReadonlyArray<{ method: string; path: string }> } };
  };
  const names = routes.admin.routes.map(({ method, path }) => `${method} ${path}`);
  expect(names.toSorted()).toEqual(Object.keys(routeTable).toSorted());
});

describe.each(Object.keys(readers) as Reader[])('entries: %s', (reader) => {
  test.each(rolesOf(reader))(
    'a role with %s is answered what the table says, and nothing personal',
    async (_, names) => {
      await give(names, reader);
      const answers: Array<Sent & { readonly name: string }> = [];
      for (const name of Object.keys(routeTable)) answers.push({ name, ...(await send(asker.token, name)) });
      expect(Object.fromEntries(answers.map(({ name, status }) => [name, status]))).toEqual(
        Object.fromEntries(answers.map(({ name }) => [name, expectedOf(name, names, reader)])),
      );
      const seesPeople = names.includes('personal-data');
      for (const { name, text } of answers) {
        if (!seesPeople || reader !== 'readable')
          expect({ name, text }).not.toEqual({ name, text: expect.stringMatching(ofEntries) });
        if (!seesPeople) expect({ name, text }).not.toEqual({ name, text: expect.stringMatching(ofImport) });
        expect({ name, secrets: secretsIn(text) }).toEqual({
          name,
          secrets: name === 'POST /entries/link' && text.includes(claimToken) ? ['claim token'] : [],
        });
      }
    },
  );
});

function secretsIn(text: string): string[] {
  const secrets = {
    'client secret': site.sandbox.clientSecret,
    'claim key': claimKey,
    'claim token': claimToken,
    redirect_uri: 'redirect_uri',
    'address to add': '/partner/add',
  };
  return Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []));
}

describe('nobody but staff who are signed in reaches a route of the administration:', () => {
  const tokens: Readonly<Record<string, () => Promise<string | undefined>>> = {
    'somebody who is not signed in': async () => undefined,
    'an end user of the site': async () => (await EndUser.registered(site)).token,
    'an API token that may do everything': apiToken,
    'a token for the administration that may do everything': adminToken,
  };
  test.each(Object.keys(tokens))('security rule 24: not %s', async (who) => {
    await give(permissionNames, 'readable');
    const token = await tokens[who]?.();
    if (who.startsWith('a token'))
      expect(
        (
          await fetch(`${site.url}/content-manager/content-types`, {
            headers: { authorization: `Bearer ${token}` },
          })
        ).status,
      ).toBe(200);
    for (const name of Object.keys(routeTable)) {
      const { status } = await send(token, name);
      expect({ name, status }).toEqual({ name, status: who.startsWith('a token') ? 403 : 401 });
    }
  });
});

async function apiToken(): Promise<string> {
  const token = { name: 'A script', description: '', type: 'full-access', lifespan: null };
  const { accessKey } = await site.strapi.service('admin::api-token').create(token);
  return accessKey as string;
}

/** As somebody makes one for themselves, with all that they may do. */
async function adminToken(): Promise<string> {
  const { status, body } = await site.admin.ask<{ readonly data: { readonly accessKey: string } }>(
    'POST',
    '/admin/admin-tokens',
    {
      name: 'A script of mine',
      adminPermissions: permissionNames.map((name) => ({ action: permissionAction(name) })),
    },
  );
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.data.accessKey;
}
