import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApprovalPage, AutomationPreview, AutomationRule } from '../../contract/automation.ts';
import type { IssuePreview } from '../../contract/entry-awards.ts';
import { permissionAction } from '../../contract/permissions.ts';
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
  const rule: AutomationRule = { enabled: true, moment: { on: 'value', field: 'outcome', equals: 'passed' } };
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
