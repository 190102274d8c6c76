import { describe, expect, test } from 'vitest';
import { credentialTypes, validate } from '../../src/credentials/index.ts';
import { type Found, found } from './found.ts';
import { documentedEducation, openCert, samples } from './samples.ts';

const byPath = ([a]: Found, [b]: Found): number => (a < b ? -1 : 1);

describe('validate', () => {
  test('takes the education request that the documentation prints', () => {
    expect(validate(documentedEducation)).toEqual({ ok: true, problems: [] });
  });

  test.each(credentialTypes)('takes %s bare, and with an id and a version', (type) => {
    const credential = samples[type];
    const version = type === 'universal_credential' ? 'v2' : 'v1';
    expect(validate(credential)).toEqual({ ok: true, problems: [] });
    expect(validate({ credential, id: '1' })).toEqual({ ok: true, problems: [] });
    expect(validate({ credential, id: '1', version })).toEqual({ ok: true, problems: [] });
  });

  test('finds every problem of an envelope at once', () => {
    const { education_provider: _left, ...credential } = documentedEducation.data.credential as Record<
      string,
      unknown
    >;
    const envelope = {
      ...documentedEducation,
      id: ' ',
      documentType: 'pdf',
      data: {
        credential: { ...credential, course_name: 7, conferral_year: null, majors: ['', 3], fullName: 'x' },
        document: JSON.stringify(openCert),
      },
    };
    expect(found(validate(envelope)).sort(byPath)).toEqual([
      ['data.credential.conferral_year', 'conditional_field'],
      ['data.credential.course_name', 'wrong_type'],
      ['data.credential.education_provider', 'missing_field'],
      ['data.credential.fullName', 'unknown_field'],
      ['data.credential.majors.0', 'empty_text'],
      ['data.credential.majors.1', 'wrong_type'],
      ['data.document', 'bad_document'],
      ['documentType', 'unknown_field'],
      ['id', 'empty_text'],
    ]);
  });

  test.each<[unknown, Found[]]>([
    [undefined, [['', 'not_an_object']]],
    [null, [['', 'not_an_object']]],
    ['text', [['', 'not_an_object']]],
    [[], [['', 'not_an_object']]],
    [{}, [['credential_type', 'missing_field']]],
    [{ credential_type: 'universal_credential', data: {} }, [['credential_type', 'unknown_credential_type']]],
    [{ credential_type: 'degree', fields: {} }, [['credential_type', 'unknown_credential_type']]],
    [{ fields: {} }, [['credential_type', 'missing_field']]],
    [{ credential: {}, id: '1' }, [['credential.credential_type', 'missing_field']]],
    [{ credential: null, id: '1' }, [['credential', 'not_an_object']]],
  ])('says where %j goes wrong', (input, problems) => {
    expect(found(validate(input))).toEqual(problems);
  });

  test.each([
    ['fullName', 'full_name'],
    ['name_full', undefined],
    ['conferal_year', 'conferral_year'],
    ['Majors', 'majors'],
    ['course', undefined],
    ['withHonors', 'with_honours'],
  ])('for the unknown field %s suggests %s', (given, near) => {
    const result = validate({ ...samples.education, fields: { ...samples.education.fields, [given]: 'x' } });
    expect(found(result)).toEqual([[`fields.${given}`, 'unknown_field']]);
    const remedy = result.problems[0]?.remedy ?? '';
    if (near === undefined) expect(remedy).not.toContain('Did you mean');
    else expect(remedy).toContain(near);
  });

  test('suggests the nearest credential type', () => {
    const { problems } = validate({ credential_type: 'micro-credential', fields: {} });
    expect(problems[0]?.remedy).toContain('microcredential');
  });

  test('repeats no value of the input, not even one that stands where a name should', () => {
    const secret = 'Zebulon Quartermaine';
    const fields = Object.fromEntries(
      Object.keys(samples.education.fields).map((name) => [name, { [secret]: secret }]),
    );
    for (const input of [
      { credential_type: secret, fields: {} },
      {
        credential_type: 'education',
        fields: { ...fields, [secret]: 1 },
        document: { type: secret, value: secret },
      },
      { credential_type: 'education', fields: `${secret}\u0000`, partner_chain: [secret] },
      { ...documentedEducation, document_type: secret, data: { credential: fields, document: secret } },
      { credential: samples.microcredential, id: `${secret}\u0000`, version: secret },
    ]) {
      const result = validate(input);
      expect(result.ok).toBe(false);
      expect(JSON.stringify(result)).not.toContain('Zebulon');
    }
  });

  test('keeps a __proto__ member out', () => {
    const input: unknown = JSON.parse(
      '{"credential_type":"right_to_work","fields":{"full_name":"A","country":"AU","__proto__":{"x":1}}}',
    );
    expect(found(validate(input))).toEqual([['fields.__proto__', 'unknown_field']]);
  });
});
