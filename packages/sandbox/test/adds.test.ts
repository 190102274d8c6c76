import { describe, expect, test } from 'vitest';
import { contentId, everyScope, freshSandbox, partnerOf } from './partner.ts';
import {
  batch,
  careerFields,
  careerHistory,
  digitalIdentity,
  education,
  english,
  microcredential,
  rightToWork,
  universal,
} from './payloads.ts';

const envelopes = [
  [education('id-1'), 'education', 'write.education'],
  [english('id-1'), 'englishProficiency', 'write.english_proficiency'],
  [microcredential('id-1'), 'microcredential', 'write.microcredential'],
  [digitalIdentity('id-1'), 'digitalIdentity', 'write.digital_identity'],
  [rightToWork('id-1'), 'rightToWork', 'write.right_to_work'],
  [careerHistory('id-1'), 'careerHistory', 'write.career_history'],
] as const;

describe.each(envelopes)('v1 add of %#', (envelope, redirectType, scope) => {
  test(`${envelope.credential_type} answers 201 with a link of the documented form`, async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox, scope);
    const answer = await partner.add(envelope);
    expect([answer.status, answer.text]).toEqual([
      201,
      expect.stringContaining(String.raw`\u0026documentType=`),
    ]);
    const link = new URL(answer.body.redirect_uri);
    expect(link.origin + link.pathname).toBe(`${sandbox.baseUrl}/partner/add/${redirectType}`);
    expect([...new URLSearchParams(link.hash.slice(1)).keys()]).toEqual([
      'clientId',
      'documentType',
      'content',
    ]);
    expect(new URLSearchParams(link.hash.slice(1)).get('clientId')).toBe(sandbox.clientId);
  });

  test(`${envelope.credential_type} is refused with 403 when the token has every other scope`, async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox, ...everyScope.filter((other) => other !== scope));
    const answer = await partner.add(envelope);
    expect([answer.status, answer.body.error]).toEqual([403, 'insufficient_scope']);
    expect(sandbox.control.submissions.list()).toEqual([]);
  });
});

test.each(['', '.json'])(
  'v2 career history and universal credential are taken at a path with the ending "%s"',
  async (end) => {
    const partner = await partnerOf(await freshSandbox(), 'write.career_history', 'write.universal');
    const path = '/api/partner/v2/add/requests';
    const career = await partner.call('POST', `${path}/career_history${end}`, {
      credential_id: 'c',
      fields: careerFields,
    });
    const one = await partner.call('POST', `${path}/universal_credential${end}`, universal('u'));
    expect([career.status, one.status]).toEqual([201, 201]);
    expect(one.body.redirect_uri).toContain('/partner/add/universalCredential#');
  },
);

test('universal credential does not exist in v1, nor does an invented type in either version', async () => {
  const partner = await partnerOf(await freshSandbox());
  for (const path of [
    'v1/add/universal_credential.json',
    'v1/add/diploma.json',
    'v2/add/requests/diploma.json',
  ]) {
    const answer = await partner.call('POST', `/api/partner/${path}`, universal('u'));
    expect([answer.status, answer.body.error]).toEqual([404, 'unknown_credential_type']);
  }
});

test.each([
  ['a missing field', { full_name: undefined }],
  ['an empty name', { full_name: '' }],
  ['a date that does not exist', { issue_date: '2026-02-30' }],
  ['a date in another form', { issue_date: '31/01/2026' }],
  ['an unknown field', { issued_by: 'x' }],
  ['a number for a text', { assessment_result: 97 }],
])('%s is refused with 422 and its path, without its value', async (_name, fields) => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const answer = await partner.add(microcredential('m', fields));
  expect(answer.status).toBe(422);
  expect(answer.body.problems[0].path).toMatch(/^data\.credential/u);
  expect(answer.text).not.toContain('2026-02-30');
  expect(sandbox.control.submissions.list()).toEqual([]);
});

test('an envelope of another type than its path is refused', async () => {
  const partner = await partnerOf(await freshSandbox());
  const answer = await partner.call('POST', '/api/partner/v1/add/education.json', microcredential('m'));
  expect(answer.status).toBe(422);
});

test('a body that is not JSON, or not said to be, is refused', async () => {
  const partner = await partnerOf(await freshSandbox());
  const path = '/api/partner/v1/add/education.json';
  expect((await partner.call('POST', path, '{"id":')).status).toBe(400);
  const untyped = await partner.call('POST', path, education('e'), { 'Content-Type': 'text/plain' });
  expect(untyped.status).toBe(415);
});

test('a body over 2 MiB is refused with 413', async () => {
  const partner = await partnerOf(await freshSandbox());
  const answer = await partner.add(education('e', { course_name: 'x'.repeat(2 * 1024 * 1024) }));
  expect(answer.status).toBe(413);
});

test('a repeated id with other data keeps the first data and warns in the control panel', async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const first = await partner.add(microcredential('m'));
  const again = await partner.add(microcredential('m'));
  expect(sandbox.control.submissions.read('m').warnings).toEqual([]);
  const other = await partner.add(microcredential('m', { microcredential_name: 'Another' }));
  expect(new Set([first, again, other].map((answer) => answer.body.redirect_uri)).size).toBe(1);
  const seen = sandbox.control.submissions.read('m');
  expect(seen.warnings).toHaveLength(1);
  expect(seen.repeats).toBe(2);
  expect(seen.credentials[0]?.fields['microcredential_name']).toBe('Practical Data Ethics');
});

test('two partners may use the same id and do not see each other', async () => {
  const other = { clientId: 'sandbox-other', clientSecret: 'a-secret-of-the-other-partner' };
  const sandbox = await freshSandbox({ moreClients: [other] });
  const [one, two] = [await partnerOf(sandbox), await partnerOf({ ...sandbox, ...other })];
  const first = await one.add(education('e'));
  expect((await two.status('e')).status).toBe(404);
  const second = await two.add(education('e'));
  expect(contentId(second.body.redirect_uri)).not.toBe(contentId(first.body.redirect_uri));
});

describe('batch', () => {
  test('v2 needs the scope of every type inside', async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(
      sandbox,
      ...everyScope.filter((scope) => scope !== 'write.right_to_work'),
    );
    const answer = await partner.call('POST', '/api/partner/v2/add/requests/batch.json', batch('b'));
    expect([answer.status, answer.body.error]).toEqual([403, 'insufficient_scope']);
  });

  test('v2 without any credential is refused', async () => {
    const partner = await partnerOf(await freshSandbox());
    const answer = await partner.call('POST', '/api/partner/v2/add/requests/batch.json', {
      credential_id: 'b',
    });
    expect(answer.status).toBe(422);
  });

  test('v1 answers a batch link without documentType', async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    const { credential } = education('x').data;
    const answer = await partner.call('POST', '/api/partner/v1/add/batch.json', {
      id: 'b',
      credentials: [{ id: 'b-1', credential_type: 'education', data: { credential } }],
    });
    expect(answer.status).toBe(201);
    const link = new URL(answer.body.redirect_uri);
    expect(link.pathname).toBe('/partner/add/batch');
    expect(new URLSearchParams(link.hash.slice(1)).has('documentType')).toBe(false);
    expect(sandbox.control.submissions.read('b').credentials).toHaveLength(1);
  });

  test('an asset without data gets an upload link that takes the right bytes once announced, without a token', async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    const answer = await partner.call('POST', '/api/partner/v2/add/requests/batch.json', batch('b'));
    const [asset] = answer.body.assets;
    const put = (headers: Record<string, string>) =>
      fetch(asset.upload_url, { method: 'PUT', body: '%PDF-1.7', headers });
    expect((await put({ 'Content-Type': 'image/png' })).status).toBe(403);
    const authorization = `Bearer ${partner.accessToken}`;
    expect((await put({ 'Content-Type': 'application/pdf', authorization })).status).toBe(400);
    expect(sandbox.control.submissions.read('b').uploads[0]?.received).toBeUndefined();
    expect((await put({ 'Content-Type': 'application/pdf' })).status).toBe(200);
    expect(sandbox.control.submissions.read('b').uploads[0]?.received).toMatchObject({ size: 8 });
    const again = await partner.call('POST', '/api/partner/v2/add/requests/batch.json', batch('b'));
    expect(again.body.assets).toEqual(answer.body.assets);
    sandbox.control.clock.advance({ hours: 48 });
    expect((await put({ 'Content-Type': 'application/pdf' })).status).toBe(403);
    expect((await fetch(`${sandbox.baseUrl}/uploads/unknown`, { method: 'PUT' })).status).toBe(404);
  });

  test('a universal credential takes one asset, not two', async () => {
    const partner = await partnerOf(await freshSandbox());
    const path = '/api/partner/v2/add/requests/universal_credential.json';
    const asset = (id: string) => ({ asset_id: id, asset_type: 'pdf' });
    const one = await partner.call('POST', path, universal('u1', [asset('a')]));
    const two = await partner.call('POST', path, universal('u2', [asset('a'), asset('b')]));
    expect([one.status, one.body.assets.length, two.status]).toEqual([201, 1, 422]);
  });
});

describe('status', () => {
  test('unknown ids: 404 alone, left out of a list; the order of the ids is kept', async () => {
    const partner = await partnerOf(await freshSandbox());
    for (const id of ['a', 'b']) await partner.add(education(id));
    expect((await partner.status('nobody')).status).toBe(404);
    const answer = await partner.call('POST', '/api/partner/v1/submissions/status.json', {
      ids: ['b', 'nobody', 'a', 'b'],
    });
    expect(answer.body.credentials.map((one: { id: string }) => one.id)).toEqual(['b', 'a']);
  });

  test('an id with a slash, a space and letters outside ASCII is found', async () => {
    const partner = await partnerOf(await freshSandbox());
    const id = 'Sémestre 1/สมชาย?#';
    await partner.add(education(id));
    expect((await partner.status(id)).body.id).toBe(id);
  });

  test('an empty list is refused', async () => {
    const partner = await partnerOf(await freshSandbox());
    expect((await partner.call('POST', '/api/partner/v1/submissions/status.json', { ids: [] })).status).toBe(
      422,
    );
  });
});
