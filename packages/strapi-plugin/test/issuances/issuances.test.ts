import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  IssuanceCounts,
  IssuanceDetail,
  IssuanceFilterChoices,
  IssuancePage,
  IssuanceSummary,
} from '../../contract/issuances.ts';
import { permissionAction, type PermissionName } from '../../contract/permissions.ts';
import { addFlowOf, issueAward } from '../claims/issued-award.ts';
import type { StaffMember } from '../site/staff-member.ts';
import { type Site, type StaffPermission, startSite } from '../site/start-site.ts';
import { type IssuedCompletion, issueCompletion } from './issued-completions.ts';

const mai = { fullName: 'Mai Seeded-Name', email: 'mai@seeded.example' };
const contentType = 'api::completion.completion';
const may = (...names: PermissionName[]): StaffPermission[] =>
  names.map((name) => ({ action: permissionAction(name) }));
const readsCompletions: StaffPermission = {
  action: 'plugin::content-manager.explorer.read',
  subject: contentType,
  properties: { fields: ['reference', 'learner', 'course', 'completedOn', 'outcome', 'remarks'] },
};
const readsOwnCompletions: StaffPermission = { ...readsCompletions, conditions: ['admin::is-creator'] };

let site: Site;
let ofEntry: IssuedCompletion;
let imported: string;
beforeAll(async () => {
  site = await startSite();
  ofEntry = await issueCompletion(site, { ...mai, course: 'Forklift Safety' });
  imported = (await issueAward(site, 'import/104233', mai)).awardId;
}, 60_000);
afterAll(() => site.close());

async function listOf(staff: StaffMember, query = ''): Promise<IssuancePage> {
  const { status, body } = await staff.ask<IssuancePage>('GET', `/seek-pass/issuances${query}`);
  expect({ status, query }).toEqual({ status: 200, query });
  return body;
}

async function idsOf(staff: StaffMember, query = ''): Promise<string[]> {
  return (await listOf(staff, query)).issuances.map(({ id }) => id);
}

async function foundBy(staff: StaffMember, text: string): Promise<string[]> {
  const { body } = await staff.ask<IssuancePage>('POST', '/seek-pass/issuances/search', { text });
  return body.issuances.map(({ id }) => id);
}

/** As an import does, of other people. */
async function issueMany(count: number): Promise<void> {
  const credential = {
    credential_type: 'microcredential',
    fields: {
      full_name: 'Learner Import',
      issuer_name: 'Wattle Bay Training',
      microcredential_name: 'Forklift Safety',
      issue_date: '2026-02-20',
    },
  } as const;
  const inputs = Array.from({ length: count }, (_, at) => ({
    key: `page-${at}`,
    recipient: { fullName: 'Learner Import', email: `learner-${at}@import.example` },
    credential,
  }));
  for await (const { result } of addFlowOf(site).awardMany(inputs, { runId: 'many', who: 'strapi:1' }))
    expect(result).toBe('created');
}

describe('the list', () => {
  test('has what came from entries and what was imported, newest first', async () => {
    const { issuances } = await listOf(site.admin);
    expect(issuances.map(({ id }) => id)).toEqual([imported, ofEntry.awardId]);
    expect(issuances[1]).toMatchObject({
      state: 'ready',
      title: 'Forklift Safety – 8 hours',
      recipient: { name: mai.fullName, email: mai.email },
      entry: {
        contentType,
        contentTypeName: 'Completion',
        documentId: ofEntry.documentId,
        mapping: 'short-course',
      },
    });
    expect(issuances[0]).not.toHaveProperty('entry');
  });

  test.each([
    ['?state=ready', 2],
    ['?state=open', 2],
    ['?state=added', 0],
    ['?credentialType=microcredential', 2],
    ['?credentialType=education', 0],
    [`?contentType=${contentType}`, 1],
    ['?contentType=api::course.course', 0],
    ['?mapping=short-course', 1],
    ['?mapping=other', 0],
    ['?from=0', 2],
    ['?until=1000', 0],
    ['?attention=person', 0],
    ['?attention=expiring', 0],
  ])('narrowed by %s has %i', async (query, count) => {
    expect(await idsOf(site.admin, query)).toHaveLength(count);
  });

  test.each([
    '?stat=ready',
    '?state=none',
    '?limit=101',
    '?limit=0',
    '?after=x',
    '?who=Mai',
    '?state=ready&state=added',
  ])('refuses %s', async (query) => {
    expect((await site.admin.ask('GET', `/seek-pass/issuances${query}`)).status).toBe(400);
  });

  test('says what it can be narrowed to', async () => {
    const { body } = await site.admin.ask<IssuanceFilterChoices>('GET', '/seek-pass/issuances/filters');
    expect(body).toEqual({
      credentialTypes: ['microcredential'],
      contentTypes: [{ uid: contentType, name: 'Completion' }],
      mappings: [{ name: 'short-course', label: 'Short course' }],
    });
  });

  test('counts by state, for those who may read every entry', async () => {
    const { body } = await site.admin.ask<IssuanceCounts>('GET', '/seek-pass/issuances/counts');
    expect(body.counts).toEqual({ ready: 2 });
    const some = await site.staff([...may('read'), readsCompletions]);
    expect((await some.ask('GET', '/seek-pass/issuances/counts')).body).toEqual({});
  });
});

describe('whoever may not read the entries', () => {
  test('of a content type sees none of their awards, and those that came from no entry', async () => {
    const reader = await site.staff(may('read', 'personal-data'));
    expect(await idsOf(reader)).toEqual([imported]);
    expect(await idsOf(reader, `?contentType=${contentType}`)).toEqual([]);
    expect((await reader.ask('GET', `/seek-pass/issuances/${ofEntry.awardId}`)).status).toBe(404);
    expect(await foundBy(reader, ofEntry.documentId)).toEqual([]);
    expect(await foundBy(reader, ofEntry.awardId)).toEqual([]);
    expect(await foundBy(reader, mai.email)).toEqual([imported]);
  });

  test('of others sees the awards of their own', async () => {
    const creator = await site.staff([...may('read'), readsOwnCompletions]);
    const own = await issueCompletion(site, { ...mai, course: 'Rigging', createdBy: creator.id });
    expect(await idsOf(creator, `?contentType=${contentType}`)).toEqual([own.awardId]);
    expect((await creator.ask('GET', `/seek-pass/issuances/${own.awardId}`)).status).toBe(200);
    expect((await creator.ask('GET', `/seek-pass/issuances/${ofEntry.awardId}`)).status).toBe(404);
  });

  test('can do nothing to their awards', async () => {
    const reader = await site.staff(may('read', 'issue', 'withdraw'));
    for (const action of ['resend', 'allow-mail', 'withdraw']) {
      const path = `/seek-pass/issuances/${ofEntry.awardId}/${action}`;
      const body = action === 'withdraw' ? { reason: 'other' } : {};
      expect((await reader.ask('POST', path, body)).status).toBe(404);
    }
    expect((await listOf(site.admin, '?state=withdrawn')).issuances).toEqual([]);
  });
});

describe('security rule 16: the search', () => {
  test('finds the whole address, the whole key, the award and the entry', async () => {
    expect(await foundBy(site.admin, mai.email.toUpperCase())).toEqual(
      expect.arrayContaining([imported, ofEntry.awardId]),
    );
    expect(await foundBy(site.admin, 'import/104233')).toEqual([imported]);
    expect(await foundBy(site.admin, ` ${imported} `)).toEqual([imported]);
    expect(await foundBy(site.admin, ofEntry.documentId)).toEqual([ofEntry.awardId]);
  });

  test('finds no part of one, and no name', async () => {
    const parts = [
      'mai@',
      '@seeded.example',
      'import',
      '104233',
      mai.fullName,
      'Mai',
      '%',
      ofEntry.documentId.slice(1),
    ];
    for (const part of parts) expect(await foundBy(site.admin, part)).toEqual([]);
  });

  test('tells nobody without personal data whether an address or a key has awards', async () => {
    const reader = await site.staff([...may('read'), readsCompletions]);
    expect(await foundBy(reader, mai.email)).toEqual([]);
    expect(await foundBy(reader, 'import/104233')).toEqual([]);
    expect(await foundBy(reader, ofEntry.documentId)).toEqual([ofEntry.awardId]);
  });
});

test('names, addresses and keys are in no answer for whoever may not see personal data', async () => {
  const reader = await site.staff([
    ...may('read', 'export', 'issue', 'withdraw', 'settings'),
    readsCompletions,
  ]);
  const answers = [
    await reader.ask('GET', '/seek-pass/issuances'),
    await reader.ask('POST', '/seek-pass/issuances/search', { text: mai.email }),
    await reader.ask('POST', '/seek-pass/issuances/search', { text: imported }),
    await reader.ask('GET', '/seek-pass/issuances/counts'),
    await reader.ask('GET', '/seek-pass/issuances/summary'),
    await reader.ask('GET', '/seek-pass/issuances/filters'),
    await reader.ask('GET', '/seek-pass/issuances/export'),
    await reader.ask('GET', `/seek-pass/issuances/${imported}`),
    await reader.ask('GET', `/seek-pass/issuances/${ofEntry.awardId}`),
    await reader.ask('POST', `/seek-pass/issuances/${imported}/resend`),
    await reader.ask('POST', `/seek-pass/issuances/${imported}/allow-mail`),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/seeded|mai@|104233/i);
  }
  const seeing = await site.staff(may('read', 'personal-data'));
  expect(JSON.stringify((await listOf(seeing)).issuances)).toMatch(/mai@seeded\.example.*|import\/104233/);
});

describe('one award', () => {
  test('tells what happened to it, by whom', async () => {
    const { body } = await site.admin.ask<IssuanceDetail>('GET', `/seek-pass/issuances/${ofEntry.awardId}`);
    expect(body).toMatchObject({ who: 'Staff Member', submissions: [], recipient: { email: mai.email } });
    expect(body.history[0]).toMatchObject({ what: 'created', who: 'Staff Member' });
    expect(body.sourceVersion).toBeDefined();
  });

  test('is mailed again, at most three times an hour', async () => {
    const { awardId } = await issueAward(site, 'mailed-again', { ...mai, email: 'again@seeded.example' });
    const flow = addFlowOf(site);
    await flow.runDue({ budgetMs: 5_000 });
    const outcomes: unknown[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const { body } = await site.admin.ask('POST', `/seek-pass/issuances/${awardId}/resend`);
      outcomes.push(body);
      await flow.runDue({ budgetMs: 5_000 });
    }
    expect(outcomes.at(-1)).toEqual({ outcome: 'too_often' });
    expect(outcomes.slice(0, 3)).toEqual([1, 2, 3].map(() => ({ outcome: 'queued' })));
    const { body } = await site.admin.ask<IssuanceDetail>('GET', `/seek-pass/issuances/${awardId}`);
    expect(body.mails.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
  });

  test('of an address whose mails came back needs a person, until they allow mails again', async () => {
    const { awardId } = await issueAward(site, 'bounced', { ...mai, email: 'bounced@seeded.example' });
    await addFlowOf(site).recordBounce({ address: 'bounced@seeded.example', kind: 'hard' });
    expect(await idsOf(site.admin, '?attention=mail')).toContain(awardId);
    expect(await idsOf(site.admin, '?attention=person')).toContain(awardId);
    const path = `/seek-pass/issuances/${awardId}`;
    expect((await site.admin.ask('POST', `${path}/resend`)).body).toEqual({ outcome: 'address_muted' });
    expect((await site.admin.ask<IssuanceDetail>('GET', path)).body.muted).toBe('hard_bounce');
    expect((await site.admin.ask('POST', `${path}/allow-mail`)).body).toEqual({ outcome: 'cleared' });
    expect(await idsOf(site.admin, '?attention=mail')).not.toContain(awardId);
  });

  test('is withdrawn with a reason, by those who may', async () => {
    const { awardId } = await issueAward(site, 'withdrawn', mai);
    const path = `/seek-pass/issuances/${awardId}/withdraw`;
    const issuing = await site.staff(may('read', 'issue'));
    expect((await issuing.ask('POST', path, { reason: 'other' })).status).toBe(403);
    expect((await site.admin.ask('POST', path, { reason: 'because Mai asked' })).status).toBe(400);
    expect((await site.admin.ask('POST', path, { reason: 'issued_in_error' })).body).toEqual({
      outcome: 'withdrawn',
      openAtSeekPass: false,
      inWallet: false,
    });
    expect(await idsOf(site.admin, '?state=withdrawn')).toEqual([awardId]);
  });
});

describe('the export', () => {
  test('is for those only who may export', async () => {
    const reader = await site.staff(may('read', 'personal-data'));
    expect((await reader.ask('GET', '/seek-pass/issuances/export')).status).toBe(403);
  });

  test('security rule 19: has no formula, and the filter of the list', async () => {
    await issueAward(site, '=1+1', { ...mai, fullName: 'Mai Formula' });
    const { body, headers } = await site.admin.ask<string>('GET', '/seek-pass/issuances/export?state=ready');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = body.trim().split('\r\n');
    expect(lines).toHaveLength((await idsOf(site.admin, '?state=ready&limit=100')).length + 1);
    expect(lines[0]).toMatch(/^\uFEFF?id,state,.*,key,name,email$/);
    expect(body).toContain(",'=1+1,Mai Formula,");
    expect(body).not.toContain('withdrawn');
  });

  test('is on record, with its filter and whether names were part of it', async () => {
    const who = await site.staff(may('read', 'export'));
    await who.ask('GET', '/seek-pass/issuances/export?state=ready');
    const lines = [];
    for await (const line of addFlowOf(site).auditTrail()) lines.push(line);
    expect(lines).toContainEqual(
      expect.objectContaining({
        who: `strapi:${who.id}`,
        what: 'awards_exported',
        why: '{"state":"ready"}',
      }),
    );
    expect(lines.some(({ what }) => what === 'awards_exported_with_names')).toBe(true);
  });
});

test('a page does not move while new awards arrive: the largest page and one more', async () => {
  const before = await idsOf(site.admin, '?limit=100');
  await issueMany(101 - before.length);
  const first = await listOf(site.admin, '?limit=100');
  expect(first.issuances).toHaveLength(100);
  await issueAward(site, 'arrived-meanwhile', mai);
  const second = await listOf(site.admin, `?limit=100&after=${first.next}`);
  expect(second.next).toBeUndefined();
  const all = [...first.issuances, ...second.issuances].map(({ id }) => id);
  expect(new Set(all).size).toBe(101);
  expect(all.at(-1)).toBe(ofEntry.awardId);
  const exported = await site.admin.ask<string>('GET', '/seek-pass/issuances/export');
  expect(exported.body.trim().split('\r\n')).toHaveLength(1 + 102);
});

test('the home page tells how many wait, are added and need a person', async () => {
  const { body } = await site.admin.ask<IssuanceSummary>('GET', '/seek-pass/issuances/summary');
  const counts = await addFlowOf(site).counts();
  expect(body).toEqual({ open: counts['ready'], added: 0, expiring: 0, person: 0 });
  const some = await site.staff(may('read'));
  const ofSome = await some.ask<IssuanceSummary>('GET', '/seek-pass/issuances/summary');
  expect(ofSome.body).toEqual({ expiring: 0, person: 0 });
});
