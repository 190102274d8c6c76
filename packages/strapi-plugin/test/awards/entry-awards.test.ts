import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AwardWithdrawn } from '../../contract/award-actions.ts';
import type {
  EntryAwards,
  EntryIssued,
  EntryLink,
  EntryStates,
  IssuePreview,
} from '../../contract/entry-awards.ts';
import { permissionAction, type PermissionName } from '../../contract/permissions.ts';
import { serviceOf } from '../../server/src/plugin-services.ts';
import { courseMapping } from '../mapping/course-mapping.ts';
import { type CompletionData, createCompletion } from '../site/completions.ts';
import type { StaffMember } from '../site/staff-member.ts';
import { type Site, type StaffPermission, startSite } from '../site/start-site.ts';

const contentType = 'api::completion.completion';
const mapping = courseMapping.name;

// Each test logs staff in, and a log-in hashes a password.
vi.setConfig({ testTimeout: 30_000 });

let site: Site;
beforeAll(async () => {
  // What is mailed is no part of what is counted here.
  site = await startSite({ config: { work: false } });
}, 60_000);
afterAll(() => site.close());

/** An entry as routes take it. */
async function entry(data: CompletionData = {}) {
  const completion = await createCompletion(site.strapi, data);
  return { ...completion, award: { contentType, documentId: completion.documentId, mapping } };
}

type Award = Awaited<ReturnType<typeof entry>>['award'];

const mayRead = (properties: Partial<StaffPermission> = {}): StaffPermission => ({
  action: 'plugin::content-manager.explorer.read',
  subject: contentType,
  ...properties,
});
const members = new Map<string, Promise<StaffMember>>();
/** Somebody with these permissions; the same for the same ones, as logging in takes its time. */
function staffWith(
  names: readonly PermissionName[],
  more: readonly StaffPermission[] = [mayRead()],
): Promise<StaffMember> {
  const permissions = [...names.map((name) => ({ action: permissionAction(name) })), ...more];
  const key = JSON.stringify(permissions);
  const member = members.get(key) ?? site.staff(permissions);
  members.set(key, member);
  return member;
}

const preview = (who: StaffMember, award: Award) =>
  who.ask<IssuePreview>('GET', `/seek-pass/entries/preview?${new URLSearchParams(award).toString()}`);
/** As the dialog does: looks, then confirms what it saw. */
async function issue(who: StaffMember, award: Award) {
  const { seen, withdrawn } = (await preview(who, award)).body;
  return who.ask<EntryIssued>('POST', '/seek-pass/entries/issue', {
    ...award,
    seen,
    reissueWithdrawn: withdrawn,
  });
}
const withdraw = (who: StaffMember, award: Award) =>
  who.ask<AwardWithdrawn>('POST', '/seek-pass/entries/withdraw', { ...award, reason: 'issued_in_error' });
async function look(who: StaffMember, { documentId }: Award) {
  const query = new URLSearchParams({ contentType, documentId });
  return (await who.ask<EntryAwards>('GET', `/seek-pass/entries/awards?${query.toString()}`)).body;
}
const states = (who: StaffMember, documentIds: readonly string[]) =>
  who.ask<EntryStates>('POST', '/seek-pass/entries/states', { contentType, documentIds });
const publish = (documentId: string, data: object = {}) =>
  site.strapi
    .documents(contentType as 'api::course.course')
    .update({ documentId, data, status: 'published' } as never);

describe('issuing', () => {
  test('gives the credential that was shown, and says so in its history', async () => {
    const { award } = await entry({ fullName: 'Kofi Mensah', email: 'kofi@example.com' });
    const shown = (await preview(site.admin, award)).body;
    expect(shown).toMatchObject({
      effect: 'created',
      recipient: { name: 'Kofi Mensah', email: 'kofi@example.com' },
      findings: [],
      withdrawn: false,
    });
    expect(shown.preview?.values).toContainEqual({
      target: 'microcredential_name',
      shown: 'value',
      text: 'First Aid – 8 hours',
    });
    expect((await issue(site.admin, award)).body).toMatchObject({ result: 'created' });
    const { awards, published } = await look(site.admin, award);
    expect(awards).toMatchObject([
      {
        mapping,
        label: 'Short course',
        state: 'ready',
        changed: false,
        mayIssue: true,
        issued: { version: 1, who: 'Staff Member', entryVersion: published },
        recipient: { name: 'Kofi Mensah', email: 'kofi@example.com' },
      },
    ]);
    expect(awards[0]?.history[0]).toMatchObject({
      what: 'created',
      who: 'Staff Member',
      why: `source ${published}`,
    });
  });

  test('a second time changes nothing, and says that it is issued', async () => {
    const { award } = await entry();
    const first = (await issue(site.admin, award)).body;
    expect((await preview(site.admin, award)).body).toMatchObject({ effect: 'unchanged' });
    expect((await issue(site.admin, award)).body).toMatchObject({
      result: 'unchanged',
      awardId: first.awardId,
    });
  });

  test('by two at once makes one award', async () => {
    const { award } = await entry();
    const other = await staffWith(['issue']);
    const results = await Promise.all([
      issue(site.admin, award),
      issue(other, award),
      issue(site.admin, award),
    ]);
    expect(results.map(({ body }) => body.result).sort()).toEqual(['created', 'unchanged', 'unchanged']);
    expect(new Set(results.map(({ body }) => body.awardId)).size).toBe(1);
  });

  test('an entry that was never published is refused', async () => {
    const { award } = await entry({ status: 'draft' });
    expect((await preview(site.admin, award)).body).toMatchObject({
      effect: 'refused',
      findings: [{ severity: 'error', message: 'The entry has no published version' }],
    });
    const asked = { ...award, seen: 'whatever' };
    expect((await site.admin.ask('POST', '/seek-pass/entries/issue', asked)).status).toBe(404);
    expect((await look(site.admin, award)).awards).toMatchObject([{ state: 'not_issued' }]);
  });

  test('takes the published version, not the draft that is newer', async () => {
    const { award, documentId } = await entry({ completedOn: '2026-05-02' });
    await site.strapi
      .documents(contentType as 'api::course.course')
      .update({ documentId, data: { completedOn: '2026-06-30' } } as never);
    const shown = (await preview(site.admin, award)).body;
    expect(shown.preview?.values).toContainEqual({
      target: 'issue_date',
      shown: 'value',
      text: '2026-05-02',
    });
  });

  test('what changed between the look and the confirmation is not issued', async () => {
    const { award, documentId, learner } = await entry();
    const { seen } = (await preview(site.admin, award)).body;
    await publish(documentId, { completedOn: '2026-04-01' });
    const confirm = () => site.admin.ask('POST', '/seek-pass/entries/issue', { ...award, seen });
    expect(await confirm()).toMatchObject({ status: 400, body: { error: { message: /changed since/ } } });
    // Also when it was what the entry relates to.
    const again = (await preview(site.admin, award)).body.seen;
    await site.strapi
      .documents('api::learner.learner' as 'api::course.course')
      .update({ documentId: learner, data: { fullName: 'Somebody Else' } } as never);
    const late = { ...award, seen: again };
    expect((await site.admin.ask('POST', '/seek-pass/entries/issue', late)).status).toBe(400);
    expect((await look(site.admin, award)).awards).toMatchObject([{ state: 'not_issued' }]);
  });

  test('what the mapping or flows refuse is named with its field', async () => {
    const { award } = await entry({ fullName: 'see www.example.com/x' });
    const shown = (await preview(site.admin, award)).body;
    expect(shown).toMatchObject({ effect: 'refused' });
    expect(shown).not.toHaveProperty('seen');
    expect(shown.findings.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(0);
    const asked = { ...award, seen: 'whatever' };
    expect((await site.admin.ask('POST', '/seek-pass/entries/issue', asked)).status).toBe(400);
  });

  test('unknown members, other mappings and other content types are refused', async () => {
    const { award } = await entry();
    const ask = (body: Record<string, string>) =>
      site.admin.ask('GET', `/seek-pass/entries/preview?${new URLSearchParams(body).toString()}`);
    expect((await ask({ ...award, more: '1' })).status).toBe(400);
    expect((await ask({ ...award, mapping: 'nothing' })).status).toBe(400);
    expect((await ask({ ...award, contentType: 'api::course.course' })).status).toBe(404);
    expect((await ask({ ...award, contentType: 'constructor' })).status).toBe(404);
  });
});

describe('an entry that changes after it was issued', () => {
  test('is marked, and its correction takes the place of the former award', async () => {
    const { award, documentId } = await entry();
    await issue(site.admin, award);
    await publish(documentId, { completedOn: '2026-05-03' });
    expect((await states(site.admin, [documentId])).body.states[documentId]).toMatchObject([
      { state: 'ready', changed: true },
    ]);
    const { effect } = (await preview(site.admin, award)).body;
    expect(['replaces', 'adds-a-second']).toContain(effect);
    expect((await issue(site.admin, award)).body).toMatchObject({ result: effect });
    const { awards, published } = await look(site.admin, award);
    expect(awards).toMatchObject([{ changed: false, issued: { version: 2, entryVersion: published } }]);
    expect(awards[0]?.history[0]?.why).toBe(`version 2, ${effect}, source ${published}`);
  });

  test('in what the credential does not show is marked until somebody has looked', async () => {
    const { award, documentId } = await entry();
    await issue(site.admin, award);
    await publish(documentId, { remarks: 'Came late.' });
    expect((await look(site.admin, award)).awards).toMatchObject([{ changed: true }]);
    expect((await issue(site.admin, award)).body).toMatchObject({ result: 'unchanged' });
    expect((await look(site.admin, award)).awards).toMatchObject([
      { changed: false, issued: { version: 1 } },
    ]);
  });

  test('and is not published any more still shows its award, which can be withdrawn', async () => {
    const { award, documentId } = await entry();
    await issue(site.admin, award);
    await site.strapi.documents(contentType as 'api::course.course').unpublish({ documentId });
    expect(await look(site.admin, award)).toMatchObject({ published: null, awards: [{ state: 'ready' }] });
    expect((await withdraw(site.admin, award)).body).toMatchObject({ outcome: 'withdrawn' });
  });

  test('its copy has no award', async () => {
    const { award, documentId } = await entry();
    await issue(site.admin, award);
    const clone = await site.admin.ask<{ data: { documentId: string } }>(
      'POST',
      `/content-manager/collection-types/${contentType}/clone/${documentId}`,
      { reference: `copy of ${documentId}` },
    );
    expect(clone.status).toBe(200);
    const copy = clone.body.data.documentId;
    expect(copy).not.toBe(documentId);
    expect((await look(site.admin, { ...award, documentId: copy })).awards).toMatchObject([
      { state: 'not_issued' },
    ]);
  });

  test('that was deleted keeps its award on record, and nobody is shown it as an entry', async () => {
    const { award, documentId } = await entry();
    await issue(site.admin, award);
    await site.strapi.documents(contentType as 'api::course.course').delete({ documentId });
    const query = new URLSearchParams({ contentType, documentId });
    expect((await site.admin.ask('GET', `/seek-pass/entries/awards?${query.toString()}`)).status).toBe(404);
    expect(await serviceOf(site.strapi, 'entry-awards').awardsOf({ contentType, documentId })).toMatchObject([
      { state: 'ready' },
    ]);
  });
});

describe('a withdrawal', () => {
  test('closes the link, and the credential is given again only on purpose', async () => {
    const { award } = await entry();
    await issue(site.admin, award);
    expect((await withdraw(site.admin, award)).body).toEqual({
      outcome: 'withdrawn',
      openAtSeekPass: false,
      inWallet: false,
    });
    expect((await withdraw(site.admin, award)).body).toMatchObject({ outcome: 'already_withdrawn' });
    expect((await site.admin.ask('POST', '/seek-pass/entries/link', award)).status).toBe(400);
    const { seen, withdrawn } = (await preview(site.admin, award)).body;
    expect(withdrawn).toBe(true);
    const plain = await site.admin.ask<EntryIssued>('POST', '/seek-pass/entries/issue', { ...award, seen });
    expect(plain.body).toMatchObject({ result: 'refused' });
    expect((await issue(site.admin, award)).body).toMatchObject({ result: 'replaces' });
    expect((await look(site.admin, award)).awards).toMatchObject([
      { state: 'ready', issued: { version: 2 } },
    ]);
  });

  test('needs a reason of the list', async () => {
    const { award } = await entry();
    await issue(site.admin, award);
    const asked = { ...award, reason: 'because of Mei' };
    expect((await site.admin.ask('POST', '/seek-pass/entries/withdraw', asked)).status).toBe(400);
  });

  test('of what was never issued says so', async () => {
    const { award } = await entry();
    expect((await withdraw(site.admin, award)).status).toBe(404);
  });
});

describe('who did what to which version', () => {
  test('stands in the audit trail', async () => {
    const { award } = await entry();
    const issuer = await staffWith(['read', 'issue', 'copy-link', 'withdraw']);
    const { awardId } = (await issue(issuer, award)).body;
    const kick = vi.spyOn(serviceOf(site.strapi, 'connection'), 'kick');
    await issuer.ask('POST', '/seek-pass/entries/resend', award);
    expect(kick).toHaveBeenCalledOnce();
    await issuer.ask('POST', '/seek-pass/entries/link', award);
    await withdraw(issuer, award);
    const { published } = await look(issuer, award);
    const { addFlow } = serviceOf(site.strapi, 'connection').required();
    const trail = [];
    for await (const { who, what, why } of addFlow.auditTrail({ about: `award:${awardId}` }))
      if (who !== 'system') trail.push({ who, what, why });
    const who = `strapi:${issuer.id}`;
    expect(trail).toEqual([
      { who, what: 'created', why: `source ${published}` },
      { who, what: 'mail_requested', why: null },
      { who, what: 'link_copied', why: 'generation 1' },
      { who, what: 'withdrawn', why: 'issued_in_error' },
    ]);
  });

  test('a claim link comes with its QR code, and nothing keeps it', async () => {
    const { award } = await entry();
    await issue(site.admin, award);
    const { body, headers } = await site.admin.ask<EntryLink>('POST', '/seek-pass/entries/link', award);
    expect(body.url).toMatch(/^http:\/\/127\.0\.0\.1.*\/claim\/[\w-]{22}\/[\w-]+$/);
    expect(body.qr).toContain('<svg');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('the states of a page of entries', () => {
  test('come with one request, and with the same number of queries for one entry and for many', async () => {
    const entries = await Promise.all([entry(), entry(), entry(), entry(), entry(), entry()]);
    await issue(site.admin, entries[0]?.award ?? expect.fail());
    const ids = entries.map(({ documentId }) => documentId);
    // Mails leave meanwhile, with queries of their own: the fewest of some looks are those of the states.
    const queries = async (documentIds: readonly string[]) => {
      const looks: number[] = [];
      while (looks.length < 5) looks.push(await queriesOnce(documentIds));
      return Math.min(...looks);
    };
    const queriesOnce = async (documentIds: readonly string[]) => {
      let count = 0;
      const counted = () => (count += 1);
      const knex = site.strapi.db.connection;
      knex.on('query', counted);
      await serviceOf(site.strapi, 'entry-awards').statesOf(contentType, documentIds);
      knex.removeListener('query', counted);
      return count;
    };
    const { body } = await states(site.admin, ids);
    expect(Object.keys(body.states).sort()).toEqual([...ids].sort());
    expect(ids.map((id) => body.states[id]?.[0]?.state)).toEqual([
      'ready',
      ...ids.slice(1).map(() => 'not_issued'),
    ]);
    expect(await queries(ids)).toBe(await queries(ids.slice(0, 1)));
  });

  test('are asked for at most a hundred at once', async () => {
    const many = Array.from({ length: 101 }, (_, at) => `id-${at}`);
    expect((await states(site.admin, many)).status).toBe(400);
  });
});

/** Each route of an entry, and what it needs. */
const actions: ReadonlyArray<{
  readonly name: string;
  readonly needs: PermissionName;
  readonly ask: (who: StaffMember, award: Award) => Promise<{ readonly status: number }>;
}> = [
  {
    name: 'looking at its awards',
    needs: 'read',
    ask: (who, { documentId }) =>
      who.ask(
        'GET',
        `/seek-pass/entries/awards?${new URLSearchParams({ contentType, documentId }).toString()}`,
      ),
  },
  { name: 'the preview', needs: 'issue', ask: preview },
  {
    name: 'issuing',
    needs: 'issue',
    ask: async (who, award) => {
      const { seen } = (await preview(site.admin, award)).body;
      return who.ask('POST', '/seek-pass/entries/issue', { ...award, seen });
    },
  },
  {
    name: 'resending',
    needs: 'issue',
    ask: (who, award) => who.ask('POST', '/seek-pass/entries/resend', award),
  },
  {
    name: 'the link',
    needs: 'copy-link',
    ask: (who, award) => who.ask('POST', '/seek-pass/entries/link', award),
  },
  { name: 'withdrawing', needs: 'withdraw', ask: withdraw },
];

describe.each(actions)('permission for $name', ({ needs, ask }) => {
  const others = (
    ['read', 'personal-data', 'issue', 'bulk-issue', 'copy-link', 'withdraw', 'export', 'settings'] as const
  ).filter((name) => name !== needs);

  test('needs its permission and that the entry may be read', async () => {
    const { award } = await entry();
    await issue(site.admin, award);
    expect((await ask(await staffWith(others), award)).status).toBe(403);
    expect((await ask(await staffWith([needs], []), award)).status).toBe(403);
    const ofOthers = await staffWith([needs], [mayRead({ conditions: ['admin::is-creator'] })]);
    expect((await ask(ofOthers, award)).status).toBe(403);
    expect((await ask(await staffWith([needs]), award)).status).toBe(200);
  });

  test('is given for one’s own entries where a role says so', async () => {
    const own = await staffWith([needs], [mayRead({ conditions: ['admin::is-creator'] })]);
    const { award } = await entry({ createdBy: own.id });
    await issue(site.admin, award);
    expect((await ask(own, award)).status).toBe(200);
  });
});

describe('what those see who may not see everything', () => {
  test('names and addresses only with their permission', async () => {
    const { award } = await entry({ fullName: 'Aroha Ngata', email: 'aroha@example.com' });
    await issue(site.admin, award);
    const blind = await staffWith(['read', 'issue']);
    const seen = JSON.stringify([await look(blind, award), (await preview(blind, award)).body]);
    expect(seen).not.toContain('Aroha');
    expect(seen).not.toContain('aroha@');
    const knowing = await staffWith(['read', 'issue', 'personal-data']);
    expect((await look(knowing, award)).awards[0]?.recipient?.name).toBe('Aroha Ngata');
    expect((await preview(knowing, award)).body.recipient?.email).toBe('aroha@example.com');
  });

  test('whoever may not see them issues all the same what they were shown', async () => {
    const { award } = await entry();
    expect((await issue(await staffWith(['issue']), award)).body).toMatchObject({ result: 'created' });
  });

  test('states of entries that they may read only', async () => {
    const own = await staffWith(['read'], [mayRead({ conditions: ['admin::is-creator'] })]);
    const mine = await entry({ createdBy: own.id });
    const other = await entry();
    const asked = [mine.documentId, other.documentId];
    expect(Object.keys((await states(own, asked)).body.states)).toEqual([mine.documentId]);
    expect((await states(await staffWith(['read'], []), asked)).body.states).toEqual({});
    expect((await states(await staffWith(['issue']), asked)).status).toBe(403);
  });
});
