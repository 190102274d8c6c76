import { describe, expect, test } from 'vitest';
import {
  type Credential,
  credentialTypes,
  type ProblemCode,
  toWire,
  type WireOptions,
  wireSchemas,
} from '../../src/credentials/index.ts';
import { wireRequest } from '../../src/credentials/validate.ts';
import { ConfigurationError, InvalidPayloadError } from '../../src/errors.ts';
import { documentedEducation, openCert, samples } from './samples.ts';

function problemsOf(make: () => unknown): [path: string, code: ProblemCode][] {
  try {
    make();
  } catch (error) {
    if (error instanceof InvalidPayloadError) return error.problems.map(({ path, code }) => [path, code]);
    throw error;
  }
  return [];
}

const assumed = [
  'education',
  'english_proficiency',
  'microcredential',
  'digital_identity',
  'right_to_work',
] as const;

describe('v1', () => {
  test('makes the education request that the documentation prints', () => {
    const { id, data } = documentedEducation;
    const credential: Credential = {
      credential_type: 'education',
      fields: data.credential as (typeof samples)['education']['fields'],
      document: { type: 'open_cert', value: openCert },
    };
    expect(toWire(credential, { id })).toEqual({
      id,
      path: '/api/partner/v1/add/education.json',
      scope: 'write.education',
      body: documentedEducation,
    });
  });

  test.each([
    ['education', 'data.credential'],
    ['english_proficiency', 'data.credential.test_scores'],
    ['microcredential', 'data.credential'],
    ['digital_identity', 'data'],
    ['right_to_work', 'data.credential'],
    ['career_history', 'data.credential'],
  ] as const)('puts the partner_chain of %s in %s', (type, place) => {
    const { body, path, scope } = toWire(samples[type], { id: '1', version: 'v1' });
    let inner: unknown = body;
    for (const name of place.split('.')) inner = (inner as Record<string, unknown>)[name];
    expect(inner).toHaveProperty('partner_chain', samples[type].partner_chain);
    expect(JSON.stringify(body).split('partner_chain')).toHaveLength(2);
    expect(path).toBe(`/api/partner/v1/add/${type}.json`);
    expect(scope).toBe(`write.${type}`);
  });

  test.each(['credential', 'data', 'test_scores'] as const)('puts it in %s when told to', (position) => {
    const options: WireOptions = { partnerChainAt: { english_proficiency: position } };
    const { body } = toWire(samples.english_proficiency, { id: '1', ...options });
    expect(wireRequest(body as never, options).body).toEqual(body);
  });

  test('refuses a place that the type does not have', () => {
    const make = () => toWire(samples.education, { id: '1', partnerChainAt: { education: 'test_scores' } });
    expect(make).toThrow(ConfigurationError);
  });

  test('names the absent document as each type does', () => {
    const without = (type: 'education' | 'english_proficiency' | 'right_to_work') =>
      toWire({ credential_type: type, fields: samples[type].fields } as Credential, { id: '1' }).body;
    expect(without('education')).toMatchObject({ document_type: 'none' });
    expect(without('education')).not.toHaveProperty('data.document');
    expect(without('right_to_work')).toMatchObject({ document_type: 'none' });
    expect(without('english_proficiency')).toMatchObject({
      document_type: 'english_assessment',
      data: { document: null },
    });
  });

  test('refuses what it has no way to carry', () => {
    const withDocument = (value: string | null): Credential => ({
      ...samples.microcredential,
      document: { type: 'pdf', value },
    });
    expect(problemsOf(() => toWire(withDocument(null), { id: '1' }))).toEqual([
      ['credential.document.value', 'bad_document'],
    ]);
    expect(problemsOf(() => toWire(withDocument('data:application/pdf;base64,AAAA'), { id: '1' }))).toEqual([
      ['credential.document.value', 'bad_document'],
    ]);
    expect(problemsOf(() => toWire(samples.universal_credential, { id: '1', version: 'v1' }))).toEqual([
      ['version', 'unsupported_version'],
    ]);
  });
});

describe('v2', () => {
  test('career_history goes without .json, with partner_chain beside fields', () => {
    const { fields, partner_chain } = samples.career_history;
    expect(toWire(samples.career_history, { id: '1', version: 'v2' })).toEqual({
      id: '1',
      path: '/api/partner/v2/add/requests/career_history',
      scope: 'write.career_history',
      body: { credential_id: '1', fields, partner_chain },
    });
  });

  test('universal_credential goes with .json, in the scope write.universal, its document as an asset', () => {
    const { fields } = samples.universal_credential;
    expect(toWire(samples.universal_credential, { id: '1' })).toEqual({
      id: '1',
      path: '/api/partner/v2/add/requests/universal_credential.json',
      scope: 'write.universal',
      body: {
        credential_id: '1',
        fields,
        assets: [{ asset_id: '1', asset_type: 'jpg', asset_data: 'https://files.board.org/card.jpg' }],
      },
    });
  });

  test('leaves assets out without a document, and asset_data null for an upload', () => {
    const { document: _left, ...bare } = samples.universal_credential;
    expect(toWire(bare, { id: '1' }).body).not.toHaveProperty('assets');
    const upload = toWire({ ...bare, document: { type: 'png', value: null } }, { id: '1' });
    expect(upload.body).toHaveProperty('assets', [{ asset_id: '1', asset_type: 'png', asset_data: null }]);
  });

  test.each([true, false])('v2JsonSuffix %s decides for every type', (v2JsonSuffix) => {
    for (const type of ['career_history', 'universal_credential'] as const) {
      const { path } = toWire(samples[type], { id: '1', version: 'v2', v2JsonSuffix });
      expect(path.endsWith('.json')).toBe(v2JsonSuffix);
    }
  });

  test.each(assumed)('refuses %s unless it is named in assumeV2', (type) => {
    const credential = { ...samples[type] };
    if (credential.document?.type === 'open_cert') delete credential.document;
    expect(problemsOf(() => toWire(credential, { id: '1', version: 'v2' }))).toEqual([
      ['version', 'unsupported_version'],
    ]);
    const { path, body } = toWire(credential, { id: '1', version: 'v2', assumeV2: [type] });
    expect(path).toBe(`/api/partner/v2/add/requests/${type}.json`);
    expect(wireSchemas.addV2[type].safeParse(body).success).toBe(true);
  });

  test('refuses an OpenCert, for which there is no asset type', () => {
    const make = () =>
      toWire(samples.microcredential, { id: '1', version: 'v2', assumeV2: ['microcredential'] });
    expect(problemsOf(make)).toEqual([['credential.document.type', 'bad_document']]);
  });

  test('refuses a partner_chain for universal_credential rather than dropping it', () => {
    const make = () => toWire({ ...samples.universal_credential, partner_chain: [] }, { id: '1' });
    expect(problemsOf(make)).toEqual([['credential.partner_chain', 'unknown_field']]);
  });
});

describe('every version', () => {
  test('sends a copy: changing the credential afterwards changes nothing', () => {
    const credential = structuredClone(samples.education);
    const { body } = toWire(credential, { id: '1' });
    const before = JSON.stringify(body);
    credential.fields.full_name = 'Somebody Else';
    credential.fields.majors?.push('Law');
    expect(JSON.stringify(body)).toBe(before);
  });

  test.each(credentialTypes)('%s fits the wire schema of its default version', (type) => {
    const { body, path } = toWire(samples[type], { id: '1' });
    const schema = type === 'universal_credential' ? wireSchemas.addV2[type] : wireSchemas.addV1[type];
    expect(schema.safeParse(body).success).toBe(true);
    expect(path).toContain(type === 'universal_credential' ? '/v2/' : '/v1/');
  });

  test('throws every problem, nothing of the value in the message', () => {
    const credential = {
      ...samples.microcredential,
      fields: { ...samples.microcredential.fields, full_name: 'Zebu\nlon', issue_date: 'x' },
    };
    expect(problemsOf(() => toWire(credential, { id: '' }))).toEqual([
      ['id', 'empty_text'],
      ['credential.fields.full_name', 'bad_characters'],
      ['credential.fields.issue_date', 'bad_date'],
    ]);
    expect(() => toWire(credential, { id: '' })).toThrow(expect.not.stringContaining('Zebu') as string);
  });
});
