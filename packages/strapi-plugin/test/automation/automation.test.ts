import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { ApprovalPage, AutomationPreview, AutomationRule } from '../../contract/automation.ts';
import type { IssuePreview } from '../../contract/entry-awards.ts';
import { permissionAction } from '../../contract/permissions.ts';
import type { EntryAwardsService } from '../../server/src/awards/entry-awards-service.ts';
import { addFlowOf } from '../claims/issued-award.ts';
import { type Site, startSite, type StaffPermission } from '../site/start-site.ts';
import type { StaffMember } from '../site/staff-member.ts';

const contentType = 'api::completion.completion';
const mapping = 'short-course';

let site: Site;
let editor: StaffMember;
let issuer: StaffMember;
let course: string;

const manager = (action: string, subject: string): StaffPermission => ({
  action: `plugin::content-manager.explorer.${action}`,
  subject,
  properties: {},
});
const mayPublish = ['read', 'create', 'update', 'publish'].map((action) => manager(action, contentType));

beforeAll(async () => {
  // Rules run when a test says so.
  site = await startSite({ config: { work: false } });
  editor = await site.staff(mayPublish);
  issuer = await site.staff([...mayPublish, { action: permissionAction('issue') }]);
  const made = await site.strapi
    .documents('api::course.course' as never)
    .create({ data: { title: 'Forklift Safety', hours: 8 } as never, status: 'published' });
  course = made.documentId;
}, 60_000);
afterAll(() => site.close());
afterEach(() => vi.restoreAllMocks());

/** Somebody completed the course; the entry is a draft. */
async function completion(reference: string, values: Record<string, unknown> = {}): Promise<string> {
  const learner = await site.strapi
    .documents('api::learner.learner' as never)
    .create({ data: { fullName: 'Nguyễn Thị Lan', email: `${reference}@learners.example` } as never });
  const made = await site.strapi.documents(contentType as never).create({
    data: { reference, learner: learner.documentId, course, completedOn: '2026-02-20', ...values } as never,
  });
  return made.documentId;
}

const publish = (staff: StaffMember, documentId: string) =>
  staff.ask('POST', `/content-manager/collection-types/${contentType}/${documentId}/actions/publish`, {});

const set = (rule: AutomationRule) => site.admin.ask('PUT', '/seek-pass/automation', { mapping, rule });

const runRules = () => site.strapi.plugin('seek-pass').service<{ run(): Promise<void> }>('automation').run();

const statusOf = (documentId: string) => addFlowOf(site).status(`${contentType}:${documentId}:${mapping}`);

async function waiting(staff: StaffMember, documentId: string) {
  const { body } = await staff.ask<ApprovalPage>('GET', '/seek-pass/approvals');
  return body.approvals.find((approval) => approval.documentId === documentId);
}

const onPublishing: AutomationRule = { enabled: true, moment: { on: 'published' } };
const onPassing: AutomationRule = {
  enabled: true,
  moment: { on: 'value', field: 'outcome', equals: 'passed' },
};

const entryAwards = () =>
  site.strapi.plugin('seek-pass').service<Pick<EntryAwardsService, 'issue'>>('entry-awards');

/** Changes an entry as an administrator. */
const change = (documentId: string, values: Record<string, unknown>) =>
  site.admin.ask('PUT', `/content-manager/collection-types/${contentType}/${documentId}`, values);

const notesOf = (documentId: string) =>
  site.strapi.db.connection('seek_pass_automated_entries').where('document_id', documentId);

test('nothing is issued by itself unless somebody has switched it on', async () => {
  const documentId = await completion('off');
  expect((await publish(issuer, documentId)).status).toBe(200);
  await runRules();
  expect(await statusOf(documentId)).toBeUndefined();
});

test('what is published by somebody who may issue is issued, once, in their name', async () => {
  await set(onPublishing);
  const documentId = await completion('allowed');
  await publish(issuer, documentId);
  await Promise.all([runRules(), runRules()]);
  const status = await statusOf(documentId);
  expect(status?.state).toBe('ready');
  expect(status?.history[0]).toMatchObject({ what: 'created', who: `strapi:${issuer.id}` });

  await site.admin.ask('PUT', `/content-manager/collection-types/${contentType}/${documentId}`, {
    remarks: 'again',
  });
  await publish(issuer, documentId);
  await runRules();
  expect((await statusOf(documentId))?.version).toBe(1);
});

test('security rule 24: an editor publishes: 0 awards, until somebody who may issue approves it', async () => {
  await set(onPublishing);
  const documentId = await completion('editor');
  expect((await publish(editor, documentId)).status).toBe(200);
  await runRules();
  expect(await statusOf(documentId)).toBeUndefined();
  expect((await editor.ask('GET', '/seek-pass/approvals')).status).toBe(403);
  const issue = { contentType, documentId, mapping };
  const blind = await site.staff([{ action: permissionAction('issue') }]);
  expect(await waiting(blind, documentId)).toBeUndefined();
  expect((await blind.ask('POST', '/seek-pass/approvals/dismiss', issue)).status).toBe(403);

  expect(await waiting(issuer, documentId)).toMatchObject({
    reason: 'not_allowed',
    publishedBy: 'Staff Member',
  });
  const { body: preview } = await issuer.ask<IssuePreview>(
    'GET',
    `/seek-pass/entries/preview?${new URLSearchParams(issue).toString()}`,
  );
  await issuer.ask('POST', '/seek-pass/entries/issue', { ...issue, seen: preview.seen });
  expect((await statusOf(documentId))?.history[0]?.who).toBe(`strapi:${issuer.id}`);
  expect(await waiting(issuer, documentId)).toBeUndefined();
});

test('security rule 24: whoever lost the permission before it was issued issues nothing', async () => {
  await set(onPublishing);
  const leaving = await site.staff([...mayPublish, { action: permissionAction('issue') }]);
  const documentId = await completion('leaving');
  await publish(leaving, documentId);
  await site.strapi.service('admin::user').updateById(leaving.id, { isActive: false });
  await runRules();
  expect(await statusOf(documentId)).toBeUndefined();
  expect(await waiting(issuer, documentId)).toMatchObject({ reason: 'not_allowed' });
});

test('what a program publishes waits for a person, and can be dismissed', async () => {
  await set(onPublishing);
  const documentId = await completion('program');
  await site.strapi.documents(contentType as never).publish({ documentId } as never);
  await runRules();
  expect(await waiting(issuer, documentId)).toMatchObject({ reason: 'nobody' });
  await issuer.ask('POST', '/seek-pass/approvals/dismiss', { contentType, documentId, mapping });
  expect(await waiting(issuer, documentId)).toBeUndefined();
  expect(await statusOf(documentId)).toBeUndefined();
});

test('a publishing that is undone issues nothing', async () => {
  await set(onPublishing);
  const documentId = await completion('undone');
  const undone = site.strapi.db.transaction(async () => {
    await site.strapi.documents(contentType as never).publish({ documentId } as never);
    throw new RangeError('on purpose');
  });
  await expect(undone).rejects.toThrow(RangeError);
  await runRules();
  expect(await waiting(issuer, documentId)).toBeUndefined();
});

test('a rule can wait for a value, and says how many entries it is about', async () => {
  const rule = onPassing;
  await set(rule);
  const [failed, passed] = [await completion('failed', { outcome: 'failed' }), await completion('passed')];
  await publish(issuer, failed);
  await publish(issuer, passed);
  await runRules();
  expect(await statusOf(passed)).toBeUndefined();
  await site.admin.ask('PUT', `/content-manager/collection-types/${contentType}/${passed}`, {
    outcome: 'passed',
  });
  await publish(issuer, passed);
  await runRules();
  expect((await statusOf(passed))?.state).toBe('ready');
  expect(await statusOf(failed)).toBeUndefined();
  const preview = await site.admin.ask<AutomationPreview>('POST', '/seek-pass/automation/preview', {
    mapping,
    rule,
  });
  expect(preview.body).toEqual({ published: 1, lastMonth: 1 });
});

test('an entry that something is wrong with waits for a person', async () => {
  await set(onPublishing);
  const documentId = await completion('tomorrow', { completedOn: '2999-01-01' });
  await publish(issuer, documentId);
  await runRules();
  expect(await waiting(issuer, documentId)).toMatchObject({ reason: 'refused' });
});

test('what is published again without the value, before a rule has looked, is not issued', async () => {
  await set(onPassing);
  const [documentId, waits] = [await completion('revoked', { outcome: 'passed' }), await completion('waits')];
  await publish(issuer, documentId);
  await change(documentId, { outcome: 'failed' });
  await publish(issuer, documentId);
  await change(waits, { outcome: 'passed' });
  await publish(editor, waits);
  await runRules();
  expect(await statusOf(documentId)).toBeUndefined();
  expect(await waiting(issuer, waits)).toMatchObject({ reason: 'not_allowed' });
  await change(waits, { outcome: 'failed' });
  await publish(editor, waits);
  expect(await waiting(issuer, waits)).toBeUndefined();
});

test.each(['unpublish', 'delete'] as const)('an entry that is gone waits for nobody: %s', async (how) => {
  await set(onPublishing);
  const [before, after] = [await completion(`${how}-1`), await completion(`${how}-2`)];
  await publish(issuer, before);
  await publish(editor, after);
  const documents = site.strapi.documents(contentType as never);
  const take = (documentId: string) =>
    how === 'delete'
      ? documents.delete({ documentId } as never)
      : documents.unpublish({ documentId } as never);
  await take(before);
  await runRules();
  await take(after);
  await runRules();
  expect(await statusOf(before)).toBeUndefined();
  expect(await notesOf(before)).toEqual([]);
  expect(await notesOf(after)).toEqual([]);
});

test('security rule 24: what an editor publishes while a rule is at it is not issued in the name of another', async () => {
  await set(onPublishing);
  const documentId = await completion('meanwhile');
  await publish(issuer, documentId);
  const issue = entryAwards().issue;
  vi.spyOn(entryAwards(), 'issue').mockImplementationOnce(async (issuing) => {
    await change(documentId, { remarks: 'of the editor' });
    await publish(editor, documentId);
    return issue(issuing);
  });
  await runRules();
  await runRules();
  expect(await statusOf(documentId)).toBeUndefined();
  expect(await waiting(issuer, documentId)).toMatchObject({ reason: 'not_allowed' });
});

test('an entry at which a rule fails keeps none of the others waiting', async () => {
  await set(onPublishing);
  const [failing, other] = [await completion('failing'), await completion('other')];
  await publish(issuer, failing);
  await publish(issuer, other);
  const issue = entryAwards().issue;
  const asked = vi.spyOn(entryAwards(), 'issue').mockImplementation(async (issuing) => {
    if (issuing.documentId === failing) throw new RangeError('on purpose');
    return issue(issuing);
  });
  await expect(runRules()).rejects.toThrow('on purpose');
  expect(asked).toHaveBeenCalledTimes(2);
  expect((await statusOf(other))?.state).toBe('ready');
});

test('the note of an entry is stored with its publishing, whoever publishes', async () => {
  await set(onPublishing);
  let inside: boolean | undefined;
  site.strapi.documents.use(async (context, next) => {
    const result = await next();
    if (context.action === 'publish') inside ??= site.strapi.db.inTransaction();
    return result;
  });
  const documentId = await completion('together');
  await site.strapi.documents(contentType as never).publish({ documentId } as never);
  expect(inside).toBe(true);
});

test('a rule issues no more in an hour than it may, however often the same is published', async () => {
  await set(onPublishing);
  const { issuer: name, store } = addFlowOf(site).context;
  const hourly = `automation:${name}:${mapping}`;
  const taken = () => store.limits.used(hourly, 3_600_000, Date.now());
  const first = await completion('first-of-many');
  const before = await taken();
  await publish(issuer, first);
  await runRules();
  expect(await taken()).toBe(before + 1);
  await change(first, { remarks: 'again' });
  await publish(issuer, first);
  await runRules();
  expect(await taken()).toBe(before + 1);
  for (let number = before + 1; number < 100; number += 1)
    await store.limits.take(hourly, 100, 3_600_000, Date.now());
  const last = await completion('one-too-many');
  await publish(issuer, last);
  await runRules();
  expect(await statusOf(last)).toBeUndefined();
  expect(await waiting(issuer, last)).toMatchObject({ reason: 'too_many' });
});

test('rules are saved by whoever may change settings, and only over fields that there are', async () => {
  expect((await issuer.ask('PUT', '/seek-pass/automation', { mapping, rule: onPublishing })).status).toBe(
    403,
  );
  for (const [field, equals] of [
    ['taxNumber', '1'],
    ['outcome', 'perfect'],
    ['reference', ''],
  ] as const) {
    const { status } = await set({ enabled: true, moment: { on: 'value', field, equals } });
    expect([field, status]).toEqual([field, 400]);
  }
});

test('who switched a rule on stands in the audit trail', async () => {
  await set({ enabled: false, moment: { on: 'published' } });
  const lines = [];
  for await (const line of addFlowOf(site).auditTrail()) lines.push(line);
  expect(lines).toContainEqual(
    expect.objectContaining({ what: 'automation', why: 'switched_off', who: `strapi:${site.admin.id}` }),
  );
});

test('a saved rule that cannot be read is off, and keeps nobody from publishing', async () => {
  const store = site.strapi.store({ type: 'plugin', name: 'seek-pass', key: 'automation' });
  await store.set({ value: { [mapping]: { enabled: 'always' }, another: onPublishing } });
  const documentId = await completion('unreadable-rule');
  expect((await publish(issuer, documentId)).status).toBe(200);
  await runRules();
  expect(await statusOf(documentId)).toBeUndefined();
});
