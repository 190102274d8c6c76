import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isPersonalField, personalMembers, wireSchemas } from '../../src/credentials/index.ts';
import { documentedVerifyRequest } from './samples.ts';

describe('wire schemas', () => {
  test('take the verify request that the documentation prints', () => {
    expect(wireSchemas.verifyRequest.safeParse(documentedVerifyRequest).error).toBeUndefined();
    expect(wireSchemas.verifyRequest.safeParse({ display_options: { partner_name: 'A' } }).success).toBe(
      true,
    );
  });

  test.each([
    {},
    { display_options: {} },
    { display_options: { partner_name: 'A' }, callback_url: 'javascript:alert(1)' },
    { display_options: { partner_name: 'A' }, callback_url: '/back' },
    { display_options: { partner_name: 'A' }, request_source: [{}] },
    { display_options: { partner_name: 'A' }, metadata: { applied_on_seek: 'yes' } },
    { display_options: { partner_name: 'A' }, state: 'x' },
  ])('refuse the verify request %j', (request) => {
    expect(wireSchemas.verifyRequest.safeParse(request).success).toBe(false);
  });

  test('ask for the status of 1 to 30 ids', () => {
    const ids = (count: number) => ({ ids: Array.from({ length: count }, (_, index) => String(index)) });
    expect([0, 1, 30, 31].map((count) => wireSchemas.bulkStatus.safeParse(ids(count)).success)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('a webhook needs an address when it is made, not when it is changed', () => {
    expect(wireSchemas.webhookCreate.safeParse({ url: 'https://a.example/hook', name: 'A' }).success).toBe(
      true,
    );
    expect(wireSchemas.webhookCreate.safeParse({ name: 'A' }).success).toBe(false);
    expect(wireSchemas.webhookCreate.safeParse({ url: 'https://a.example/hook', secret: 'x' }).success).toBe(
      false,
    );
    expect(wireSchemas.webhookUpdate.safeParse({ id: '1', description: 'B' }).success).toBe(true);
  });

  test('describe themselves in JSON Schema', () => {
    const options = { io: 'input', unrepresentable: 'any' } as const;
    expect(z.toJSONSchema(wireSchemas.bulkStatus, options).properties).toMatchObject({
      ids: { minItems: 1, maxItems: 30 },
    });
    const envelope = JSON.stringify(z.toJSONSchema(wireSchemas.addV1.microcredential, options));
    expect(envelope).toContain('"issue_date":{"type":"string","description":"YYYY-MM-DD"}');
  });

  test('say which names they know when one is unknown', () => {
    const { error } = wireSchemas.webhookCreate.safeParse({ url: 'https://a.example/hook', label: 'A' });
    expect(error?.issues[0]?.message).toContain('url, name, description');
  });
});

describe('personal data', () => {
  test.each([
    'full_name',
    'date_of_birth',
    'transcript',
    'grade',
    'score',
    'test_scores',
    'cefr_scores',
    'assessment_result',
    'employment',
    'organisation',
    'role_title',
    'country',
    'singapore_work_rights',
    'credential_details',
    'document',
    'asset_data',
    'majors',
    'with_honours',
    'conferral_year',
  ])('%s is personal', (name) => expect(personalMembers.has(name)).toBe(true));

  test.each([
    'id',
    'credential_type',
    'document_type',
    'issuer_name',
    'course_name',
    'issue_date',
    'asset_id',
    'name',
    'code',
    'data',
    'fields',
    '',
  ])('%j is not', (name) => expect(personalMembers.has(name)).toBe(false));

  test('what is below a personal member is personal', () => {
    expect(isPersonalField('data.credential.full_name')).toBe(true);
    expect(isPersonalField('fields.employment.0.start_date')).toBe(true);
    expect(isPersonalField('fields.issuer_name')).toBe(false);
  });
});
