import { describe, expect, test } from 'vitest';
import type { Credential } from '../../src/credentials/index.ts';
import { afterChange, type Found } from './found.ts';

describe('rules of the types', () => {
  test.each<[string, Credential['credential_type'], object, Found[]]>([
    ['awaiting without a year', 'education', { awaiting_graduation: true, conferral_year: null }, []],
    [
      'awaiting with the year left out',
      'education',
      { awaiting_graduation: true, conferral_year: undefined },
      [],
    ],
    [
      'awaiting with a year',
      'education',
      { awaiting_graduation: true },
      [['fields.conferral_year', 'conditional_field']],
    ],
    [
      'conferred without a year',
      'education',
      { conferral_year: undefined },
      [['fields.conferral_year', 'conditional_field']],
    ],
    [
      'conferred with null',
      'education',
      { conferral_year: null },
      [['fields.conferral_year', 'conditional_field']],
    ],
    [
      'a year with a month',
      'education',
      { conferral_year: '2024-01' },
      [['fields.conferral_year', 'bad_date']],
    ],
    ['a year as a number', 'education', { conferral_year: 2024 }, [['fields.conferral_year', 'wrong_type']]],
    ['no majors', 'education', { majors: [], has_majors: false }, []],
    ['null for majors', 'education', { majors: null }, [['fields.majors', 'wrong_type']]],
    [
      'a transcript without its parts',
      'education',
      { transcript: {} },
      [
        ['fields.transcript.overall', 'missing_field'],
        ['fields.transcript.subjects', 'missing_field'],
      ],
    ],
    [
      'a subject completed in a month',
      'education',
      {
        transcript: {
          overall: { issuance_date: '2024-12-01' },
          subjects: [{ name: 'A', code: 'B', grade: 'C', completion_date: '2024-01' }],
        },
      },
      [['fields.transcript.subjects.0.completion_date', 'bad_date']],
    ],
    [
      'no CEFR scores',
      'english_proficiency',
      { test_scores: { cefr_scores: {}, overall: { score: '7', scale: '9' } } },
      [],
    ],
    [
      'no scores',
      'english_proficiency',
      { test_scores: undefined },
      [['fields.test_scores', 'missing_field']],
    ],
    [
      'a score as a number',
      'english_proficiency',
      { test_scores: { cefr_scores: {}, overall: { score: 7, scale: '9' } } },
      [['fields.test_scores.overall.score', 'wrong_type']],
    ],
    [
      'null for an expiry date',
      'english_proficiency',
      { expiry_date: null },
      [['fields.expiry_date', 'wrong_type']],
    ],
    [
      'null for an expiry date',
      'microcredential',
      { expiry_date: null },
      [['fields.expiry_date', 'wrong_type']],
    ],
    ['null for a result', 'microcredential', { assessment_result: null }, []],
    [
      'a day that does not exist',
      'microcredential',
      { issue_date: '2026-02-30' },
      [['fields.issue_date', 'bad_date']],
    ],
    [
      'an address for a name',
      'microcredential',
      { full_name: 'evil.com' },
      [['fields.full_name', 'bad_characters']],
    ],
    [
      'an address in a title',
      'microcredential',
      { microcredential_name: 'Learn Node.js at example.com' },
      [],
    ],
    [
      'a new line in a title',
      'microcredential',
      { microcredential_name: 'A\nB' },
      [['fields.microcredential_name', 'bad_characters']],
    ],
    ['null for a birth date', 'digital_identity', { date_of_birth: null }, []],
    [
      'an unknown check',
      'digital_identity',
      { identity_document_liveness: 'manual' },
      [['fields.identity_document_liveness', 'not_one_of']],
    ],
    [
      'a check left out',
      'digital_identity',
      { identity_document_liveness: undefined },
      [['fields.identity_document_liveness', 'missing_field']],
    ],
    [
      'the field of an older page',
      'digital_identity',
      { identity_verification_level: 'basic' },
      [['fields.identity_verification_level', 'unknown_field']],
    ],
    [
      'Singapore without rights',
      'right_to_work',
      { singapore_work_rights: undefined },
      [['fields.singapore_work_rights', 'conditional_field']],
    ],
    ['Australia without rights', 'right_to_work', { country: 'AU', singapore_work_rights: undefined }, []],
    ['a country in small letters', 'right_to_work', { country: 'sg' }, [['fields.country', 'bad_code']]],
    ['a country by name', 'right_to_work', { country: 'Singapore' }, [['fields.country', 'bad_code']]],
    ['no employment', 'career_history', { employment: undefined }, []],
    [
      'a record without a role',
      'career_history',
      { employment: [{ organisation: 'A', start_date: '2020-01', last_processed_month: '2020-02' }] },
      [['fields.employment.0.role_title', 'conditional_field']],
    ],
    [
      'a record with a classification and no end',
      'career_history',
      {
        employment: [
          {
            organisation: 'A',
            role_classification: 'B',
            start_date: '2020-01',
            end_date: null,
            last_processed_month: '2020-02',
          },
        ],
      },
      [],
    ],
    [
      'a record with days',
      'career_history',
      {
        employment: [
          { organisation: 'A', role_title: 'B', start_date: '2020-01-01', last_processed_month: '2020-02' },
        ],
      },
      [['fields.employment.0.start_date', 'bad_date']],
    ],
    ['null for details', 'universal_credential', { credential_details: null, expiry_date: null }, []],
    [
      'null for each detail',
      'universal_credential',
      { credential_details: { speciality: null, date_completed: null, city: null } },
      [],
    ],
    [
      'no category',
      'universal_credential',
      { credential_category: undefined },
      [['fields.credential_category', 'missing_field']],
    ],
    [
      'one speciality as text',
      'universal_credential',
      { credential_details: { speciality: 'A' } },
      [['fields.credential_details.speciality', 'wrong_type']],
    ],
  ])('%s in %s', (_name, type, change, problems) => {
    expect(afterChange(type, change)).toEqual(problems);
  });
});
