import { describe, expect, test } from 'vitest';
import {
  type BatchInput,
  batchToWire,
  type ProblemCode,
  validateBatch,
  wireSchemas,
} from '../../src/credentials/index.ts';
import { InvalidPayloadError } from '../../src/errors.ts';
import { samples } from './samples.ts';

function found(input: unknown): [path: string, code: ProblemCode][] {
  return validateBatch(input).problems.map(({ path, code }) => [path, code]);
}

const { partner_chain: _a, ...education } = samples.education;
const { partner_chain: _b, ...english } = samples.english_proficiency;
const { partner_chain: _c, document: _d, ...micro } = samples.microcredential;
const { partner_chain: _e, ...career } = samples.career_history;
const { document: _f, ...universal } = samples.universal_credential;

describe('v2 batch', () => {
  const batch: BatchInput = {
    id: 'b-1',
    digital_identity: { id: 'i-1', fields: { full_name: 'John Smith' } },
    items: [
      { id: 'e-1', credential: education },
      { id: 'm-1', credential: micro },
      { id: 'm-2', credential: { ...micro, document: { type: 'pdf', value: null } } },
      { id: 'x-1', credential: english },
      { id: 'c-1', credential: career },
      { id: 'u-1', credential: universal },
    ],
  };

  test('groups the credentials of one learner by type', () => {
    const { id, path, scopes, body } = batchToWire(batch);
    expect({ id, path }).toEqual({ id: 'b-1', path: '/api/partner/v2/add/requests/batch.json' });
    expect([...scopes].sort()).toEqual([
      'write.career_history',
      'write.digital_identity',
      'write.education',
      'write.english_proficiency',
      'write.microcredential',
      'write.universal',
    ]);
    expect(body).toEqual({
      credential_id: 'b-1',
      digital_identity: { credential_id: 'i-1', fields: { full_name: 'John Smith' } },
      education_items: [
        {
          credential_id: 'e-1',
          fields: education.fields,
          assets: [
            {
              asset_id: 'e-1',
              asset_type: 'pdf',
              asset_data: 'https://files.university.edu/certificate.pdf',
            },
          ],
        },
      ],
      microcredential_items: [
        { credential_id: 'm-1', fields: micro.fields },
        {
          credential_id: 'm-2',
          fields: micro.fields,
          assets: [{ asset_id: 'm-2', asset_type: 'pdf', asset_data: null }],
        },
      ],
      english_proficiency_items: [
        {
          credential_id: 'x-1',
          fields: english.fields,
          assets: [
            { asset_id: 'x-1', asset_type: 'pdf', asset_data: 'https://files.testing.org/result.pdf' },
          ],
        },
      ],
      career_history: { credential_id: 'c-1', fields: career.fields },
      universal_credential_items: [{ credential_id: 'u-1', fields: universal.fields }],
    });
    expect(wireSchemas.batchV2.safeParse(body).success).toBe(true);
    expect(batchToWire(batch, { v2JsonSuffix: false }).path).toBe('/api/partner/v2/add/requests/batch');
  });

  test.each<[string, unknown, [string, ProblemCode][]]>([
    ['no object', 7, [['', 'not_an_object']]],
    [
      'nothing',
      {},
      [
        ['id', 'missing_field'],
        ['items', 'missing_field'],
      ],
    ],
    ['no items', { id: '1', items: [] }, [['items', 'missing_field']]],
    ['an unknown version', { ...batch, version: 'v3' }, [['version', 'not_one_of']]],
    ['an unknown member', { ...batch, education_items: [] }, [['education_items', 'unknown_field']]],
    [
      'an id used twice',
      { id: '1', items: [batch.items[0], batch.items[0]] },
      [['items.1.id', 'duplicate_id']],
    ],
    [
      'the id of the learner used twice',
      { ...batch, digital_identity: { id: 'e-1', fields: { full_name: 'A' } } },
      [['items.0.id', 'duplicate_id']],
    ],
    [
      'a broken credential',
      { id: '1', items: [{ id: '1', credential: { ...micro, fields: {} } }] },
      [
        ['items.0.credential.fields.full_name', 'missing_field'],
        ['items.0.credential.fields.issuer_name', 'missing_field'],
        ['items.0.credential.fields.microcredential_name', 'missing_field'],
        ['items.0.credential.fields.issue_date', 'missing_field'],
      ],
    ],
    [
      'a chain, which has no place',
      { id: '1', items: [{ id: '1', credential: samples.education }] },
      [['items.0.credential.partner_chain', 'unknown_field']],
    ],
    [
      'an OpenCert, which has no asset type',
      { id: '1', items: [{ id: '1', credential: { ...micro, document: samples.microcredential.document } }] },
      [['items.0.credential.document.type', 'bad_document']],
    ],
    [
      'a whole digital identity',
      { id: '1', items: [{ id: '1', credential: samples.digital_identity }] },
      [
        ['items.0.credential.partner_chain', 'unknown_field'],
        ['items.0.credential.credential_type', 'unsupported_version'],
      ],
    ],
    [
      'more of the learner than the name',
      { ...batch, digital_identity: { id: 'i', fields: { full_name: 'A', date_of_birth: '2000-01-01' } } },
      [['digital_identity.fields.date_of_birth', 'unknown_field']],
    ],
    [
      'two career histories',
      {
        id: '1',
        items: [
          { id: '1', credential: career },
          { id: '2', credential: career },
        ],
      },
      [['items.1.credential', 'too_many']],
    ],
  ])('refuses %s', (_name, input, problems) => {
    expect(found(input)).toEqual(problems);
  });
});

describe('v1 batch', () => {
  const items = [
    { id: 'm-1', credential: { ...micro, partner_chain: [{ name: 'Parent Group' }] } },
    { id: 'd-1', credential: samples.digital_identity },
  ];

  test('is a list of envelopes without documents', () => {
    const { path, scopes, body } = batchToWire({ id: 'b-1', version: 'v1', items });
    expect(path).toBe('/api/partner/v1/add/batch.json');
    expect(scopes).toEqual(['write.microcredential', 'write.digital_identity']);
    expect(body).toEqual({
      id: 'b-1',
      credentials: [
        {
          id: 'm-1',
          credential_type: 'microcredential',
          data: { credential: { ...micro.fields, partner_chain: [{ name: 'Parent Group' }] } },
        },
        {
          id: 'd-1',
          credential_type: 'digital_identity',
          data: {
            credential: samples.digital_identity.fields,
            partner_chain: samples.digital_identity.partner_chain,
          },
        },
      ],
    });
    expect(wireSchemas.batchV1.safeParse(body).success).toBe(true);
  });

  test('has no place for documents, the learner, or types without v1', () => {
    const input = {
      id: 'b-1',
      version: 'v1',
      digital_identity: { id: 'i-1', fields: { full_name: 'A' } },
      items: [
        { id: '1', credential: education },
        { id: '2', credential: universal },
      ],
    };
    expect(found(input)).toEqual([
      ['digital_identity', 'unknown_field'],
      ['items.0.credential.document', 'unknown_field'],
      ['items.1.credential.credential_type', 'unsupported_version'],
    ]);
    expect(() => batchToWire(input as BatchInput)).toThrow(InvalidPayloadError);
  });
});
