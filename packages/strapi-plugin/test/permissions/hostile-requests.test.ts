import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { permissionAction, permissionNames } from '../../contract/permissions.ts';
import { courseMapping } from '../mapping/course-mapping.ts';
import { allRows, startRun, tickedRun } from '../runs/follow-run.ts';
import { createCompletion } from '../site/completions.ts';
import { loggedDuring } from '../site/logged-during.ts';
import type { StaffMember } from '../site/staff-member.ts';
import { type Site, startSite } from '../site/start-site.ts';

const contentType = 'api::completion.completion';
const mapping = 'short-course';

let site: Site;
let staff: StaffMember;
let documentId: string;
beforeAll(async () => {
  site = await startSite();
  site.strapi.log.level = 'warn';
  const read = { action: 'plugin::content-manager.explorer.read' };
  staff = await site.staff([
    ...permissionNames.map((name) => ({ action: permissionAction(name) })),
    { ...read, subject: contentType },
    { ...read, subject: 'api::learner.learner' },
  ]);
  ({ documentId } = await createCompletion(site.strapi, { fullName: 'Mai Planted' }));
}, 60_000);
afterAll(() => site.close());

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

const inEveryLanguage: readonly Asked[] = [
  { method: 'GET', path: `/entries/awards?contentType=${contentType}&documentId=ID&locale=*` },
  {
    method: 'GET',
    path: `/entries/preview?contentType=${contentType}&documentId=ID&mapping=${mapping}&locale=*`,
  },
  { method: 'POST', path: '/entries/states', body: { contentType, documentIds: ['ID'], locale: '*' } },
  {
    method: 'POST',
    path: '/entries/issue',
    body: { contentType, documentId: 'ID', mapping, seen: 'x', locale: '*' },
  },
  { method: 'POST', path: '/entries/link', body: { contentType, documentId: 'ID', mapping, locale: '*' } },
  {
    method: 'POST',
    path: '/approvals/dismiss',
    body: { contentType, documentId: 'ID', mapping, locale: '*' },
  },
  {
    method: 'POST',
    path: '/mapping-trial',
    body: { mapping: courseMapping, entry: { documentId: 'ID', locale: '*' } },
  },
  {
    method: 'POST',
    path: '/runs',
    body: { source: 'ticked', contentType, mapping, documentIds: ['ID'], locale: '*' },
  },
];

test.each(inEveryLanguage)(
  '$method $path: what may be read in one language is not asked for in all of them',
  async ({ method, path, body }) => {
    const filled = (text: string) => text.replace('ID', documentId);
    const sent: unknown = body === undefined ? undefined : JSON.parse(filled(JSON.stringify(body)));
    expect((await staff.ask(method, `/seek-pass${filled(path)}`, sent)).status).toBe(400);
  },
);

test('the title of an entry is not told to somebody to whom that field is closed', async () => {
  const readsOne = (fields: readonly string[]) => [
    { action: permissionAction('bulk-issue') },
    { action: permissionAction('personal-data') },
    { action: 'plugin::content-manager.explorer.read', subject: contentType, properties: { fields } },
  ];
  const { id } = await startRun(staff, tickedRun([documentId]));
  const labelsOf = async (fields: readonly string[]) =>
    (await allRows(await site.staff(readsOne(fields)), id)).map(({ label }) => label);
  expect(await labelsOf(['reference', 'completedOn'])).toEqual([expect.stringMatching(/\S/)]);
  expect(await labelsOf(['completedOn'])).toEqual([undefined]);
});

test('security rule 18: the audit trail says who changed which mapping', async () => {
  const crafted = { ...courseMapping, name: 'another-course' };
  const { body } = await staff.ask<{ readonly mapping: { readonly revision: number } }>(
    'POST',
    '/seek-pass/mappings',
    { mapping: crafted },
  );
  const { revision } = body.mapping;
  await staff.ask('POST', '/seek-pass/mappings/another-course/switch', { enabled: false, revision });
  await staff.ask('DELETE', `/seek-pass/mappings/another-course?revision=${revision + 1}`);
  const lines = await site.strapi.db
    .connection('seek_pass_audit')
    .where({ about: 'mapping:another-course' })
    .select('who', 'why');
  const who = `strapi:${staff.id}`;
  expect(lines).toEqual(['created', 'switched_off', 'removed'].map((why) => ({ who, why })));
});

describe('security rule 24: a path to an account or to what every object has is no field of a mapping:', () => {
  test.each([
    '__proto__',
    '__proto__.polluted',
    'constructor.name',
    'createdBy.password',
    'createdBy.email',
    'updatedBy.resetPasswordToken',
    'learner.user.resetPasswordToken',
    'learner.user.email',
    'learner.createdBy.password',
    'learner.taxNumber',
    'learner.pin',
    'learner.__proto__',
    'localizations.remarks',
  ])('%s', async (path) => {
    for (const source of [{ field: path }, { template: `{${path}} of {remarks}` }]) {
      const crafted = {
        ...courseMapping,
        name: 'crafted',
        targets: { ...courseMapping.targets, microcredential_name: source },
      };
      expect((await staff.ask('POST', '/seek-pass/mappings', { mapping: crafted })).status).toBe(400);
      const { status, body } = await staff.ask<{
        readonly findings: ReadonlyArray<{ readonly target: string; readonly severity: string }>;
        readonly preview: {
          readonly values: ReadonlyArray<{ readonly target: string; readonly shown: string }>;
        };
      }>('POST', '/seek-pass/mapping-trial', { mapping: crafted, entry: { documentId } });
      expect(status).toBe(200);
      expect(body.findings).toContainEqual(
        expect.objectContaining({ target: 'microcredential_name', severity: 'error' }),
      );
      expect(body.preview.values).toContainEqual({ target: 'microcredential_name', shown: 'nothing' });
    }
  });
});

test('a filter of thousands of levels, which keeps the whole site waiting, is refused', async () => {
  const query = JSON.parse(`${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`) as object;
  const request = { source: 'filter', contentType, mapping, query };
  expect((await staff.ask('POST', '/seek-pass/runs', request)).status).toBe(400);
});

test('requests that no page sends are refused in a sentence: no failure, no stack, nothing in the log', async () => {
  const requests: ReadonlyArray<readonly [string, string, unknown?]> = [
    ['GET', '/runs?before=x'],
    ['GET', '/runs?before=1e400.x'],
    ['GET', '/runs?before=NaN.NaN'],
    ['GET', '/runs/constructor'],
    ['GET', '/runs/__proto__/rows'],
    ['GET', '/runs/none/rows?after=99999999999999999999'],
    ['GET', '/issuances?after=1.%00'],
    ['GET', '/issuances?after=9999999999999999.x'],
    ['GET', '/issuances?mapping=__proto__&contentType=constructor'],
    ['GET', '/issuances?from=-1'],
    ['GET', '/issuances?state[$ne]=added'],
    ['GET', '/issuances/__proto__'],
    ['GET', '/approvals?cursor=9999999999999999.a.b'],
    ['GET', '/approvals?cursor[]=1'],
    ['GET', '/entries/awards?contentType=constructor&documentId=x'],
    ['GET', '/entries/awards?contentType=__proto__&documentId=x'],
    ['GET', '/entries/awards?contentType=admin::user&documentId=x'],
    ['GET', '/entries/awards?contentType=plugin::users-permissions.user&documentId=x'],
    ['GET', '/entries/awards?contentType=api::completion.completion&documentId[$ne]=x'],
    ['GET', '/entries/preview?contentType=api::course.course&documentId=x&mapping=constructor'],
    ['GET', '/mapping-fields?contentType=admin::user'],
    ['GET', '/mapping-fields?contentType=__proto__'],
    ['GET', '/mapping-entries?contentType=admin::user'],
    ['GET', '/mapping-entries?contentType=constructor'],
    ['GET', '/mapping-guess?contentType=__proto__&credentialType=constructor'],
    ['GET', '/mappings/__proto__/file'],
    ['GET', '/run-mappings?contentType=__proto__'],
    ['GET', '/audit/verdict?head=1.x'],
    ['POST', '/entries/states', { contentType: '__proto__', documentIds: ['x'] }],
    ['POST', '/entries/states', { contentType, documentIds: [{ $ne: 'x' }] }],
    ['POST', '/entries/link', { contentType, documentId: { $ne: '' }, mapping }],
    ['POST', '/entries/issue', { contentType, documentId, mapping: '__proto__', seen: 'x' }],
    ['POST', '/runs', { source: 'ticked', contentType: 'admin::user', mapping, documentIds: ['1'] }],
    [
      'POST',
      '/mapping-trial',
      { mapping: { ...courseMapping, contentType: 'admin::user' }, entry: { documentId: '1' } },
    ],
    [
      'POST',
      '/mapping-trial',
      { mapping: { ...courseMapping, contentType: 'constructor' }, entry: { documentId: '1' } },
    ],
    [
      'POST',
      '/mapping-trial',
      JSON.parse('{"mapping":{"__proto__":{"name":"x"},"targets":{"__proto__":{"text":"x"}}}}'),
    ],
    [
      'POST',
      '/automation/preview',
      { mapping: '__proto__', rule: { enabled: true, moment: { on: 'published' } } },
    ],
    [
      'PUT',
      '/automation',
      { mapping, rule: { enabled: true, moment: { on: 'value', field: '__proto__', equals: 'x' } } },
    ],
    [
      'PUT',
      '/automation',
      { mapping, rule: { enabled: true, moment: { on: 'value', field: 'createdBy', equals: '1' } } },
    ],
    ['POST', '/issuances/search', { text: ' ' }],
    ['POST', '/issuances/search', { text: 'a@b\0' }],
    [
      'POST',
      '/imports/yaml',
      { type: 'microcredential', columns: JSON.parse('{"__proto__":"x"}'), dateFormat: '__proto__' },
    ],
    ['POST', '/erasures', { of: { email: 'x' }, reason: 'other', dryRun: true, of2: 1 }],
    [
      'PUT',
      '/settings',
      { revision: 0, values: JSON.parse('{"__proto__":{"baseUrl":"https://evil.example"}}') },
    ],
  ];
  const failed: unknown[] = [];
  const log = await loggedDuring(site, async () => {
    for (const [method, path, body] of requests) {
      const answer = await staff.ask(method, `/seek-pass${path}`, body);
      const text = JSON.stringify(answer.body);
      if (answer.status >= 500 || /\bat .*\.[cm]?[jt]s|node_modules|SQLITE/.test(text))
        failed.push([method, path, answer.status, text]);
    }
  });
  expect(failed).toEqual([]);
  expect(log).not.toMatch(/TypeError|SqliteError|Planted/);
});
