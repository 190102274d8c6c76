import { describe, expect, test } from 'vitest';
import {
  compareForUpdate,
  type Credential,
  type CredentialType,
  credentialTypes,
  type UpdateEffect,
} from '../../src/credentials/index.ts';
import { samples } from './samples.ts';

function withFields(type: CredentialType, change: object): Credential {
  const sample = samples[type];
  return { ...sample, fields: { ...sample.fields, ...change } } as Credential;
}

describe('compareForUpdate', () => {
  test.each(credentialTypes)('the same %s is unchanged, whatever the order of its members', (type) => {
    const { fields, ...rest } = samples[type];
    const reversed = Object.fromEntries(Object.entries(fields).toReversed());
    const again = { ...rest, fields: { ...reversed, unset: undefined } } as unknown as Credential;
    expect(compareForUpdate(samples[type], again)).toMatchObject({ effect: 'unchanged', differing: [] });
  });

  test.each<[string, CredentialType, object, UpdateEffect, string[]]>([
    ['a later expiry', 'microcredential', { expiry_date: '2030-01-31' }, 'replaces', ['fields.expiry_date']],
    [
      'a corrected name of the learner',
      'microcredential',
      { full_name: 'Aoife Byrne' },
      'replaces',
      ['fields.full_name'],
    ],
    [
      'a corrected title',
      'microcredential',
      { microcredential_name: 'Data analysis' },
      'adds-a-second',
      ['fields.microcredential_name'],
    ],
    [
      'another issuer',
      'microcredential',
      { issuer_name: 'Example' },
      'adds-a-second',
      ['fields.issuer_name'],
    ],
    [
      'a new score',
      'english_proficiency',
      { completion_date: '2026-06-30' },
      'replaces',
      ['fields.completion_date'],
    ],
    ['another test', 'english_proficiency', { test_name: 'Other' }, 'adds-a-second', ['fields.test_name']],
    [
      'another provider',
      'english_proficiency',
      { test_provider: 'Other' },
      'adds-a-second',
      ['fields.test_provider'],
    ],
    ['a new transcript', 'education', { transcript: undefined }, 'replaces', ['fields.transcript']],
    [
      'another course',
      'education',
      { course_name: 'Bachelor of Arts' },
      'adds-a-second',
      ['fields.course_name'],
    ],
    ['another year', 'education', { conferral_year: '2025' }, 'adds-a-second', ['fields.conferral_year']],
    ['another major', 'education', { majors: ['Finance'] }, 'adds-a-second', ['fields.majors']],
    ['no honours', 'education', { with_honours: false }, 'adds-a-second', ['fields.with_honours']],
    [
      'majors in another order',
      'education',
      { majors: ['Accounting', 'Finance'] },
      'undocumented',
      ['fields.majors'],
    ],
    [
      'a later birth date',
      'digital_identity',
      { date_of_birth: null },
      'undocumented',
      ['fields.date_of_birth'],
    ],
    ['another country', 'right_to_work', { country: 'AU' }, 'undocumented', ['fields.country']],
    ['no records', 'career_history', { employment: [] }, 'undocumented', ['fields.employment']],
    [
      'another category',
      'universal_credential',
      { credential_category: 'Card' },
      'undocumented',
      ['fields.credential_category'],
    ],
  ])('%s in %s', (_name, type, change, effect, differing) => {
    expect(compareForUpdate(samples[type], withFields(type, change))).toMatchObject({ effect, differing });
  });

  test('from awaiting to conferred is undocumented, since the year must and must not change', () => {
    const awaiting = withFields('education', { awaiting_graduation: true, conferral_year: null });
    const { effect, because } = compareForUpdate(awaiting, samples.education);
    expect(effect).toBe('undocumented');
    expect(because).toContain('conferral_year');
  });

  test('from awaiting to conferred with another course adds a second', () => {
    const awaiting = withFields('education', {
      awaiting_graduation: true,
      conferral_year: null,
      course_name: 'Other',
    });
    expect(compareForUpdate(awaiting, samples.education).effect).toBe('adds-a-second');
  });

  test('absent and false are not known to be equal', () => {
    const before = withFields('education', { with_honours: undefined, majors: undefined });
    const after = withFields('education', { with_honours: false, majors: [] });
    expect(compareForUpdate(before, after).effect).toBe('undocumented');
  });

  test('a new document or chain alone replaces', () => {
    const next: Credential = {
      ...samples.education,
      document: { type: 'pdf', value: 'https://a.edu/y.pdf' },
      partner_chain: [],
    };
    expect(compareForUpdate(samples.education, next)).toMatchObject({
      effect: 'replaces',
      differing: ['document', 'partner_chain'],
    });
  });

  test('another type is another credential', () => {
    expect(compareForUpdate(samples.education, samples.microcredential).effect).toBe('adds-a-second');
  });

  test('says nothing of the values', () => {
    const { because } = compareForUpdate(
      samples.education,
      withFields('education', { course_name: 'Zebulon' }),
    );
    expect(because).not.toMatch(/Zebulon|Commerce/);
  });
});
