import { describe, expect, test } from 'vitest';
import {
  type Credential,
  type CredentialType,
  credentialTypes,
  lint,
  type LintCode,
  type LintSeverity,
} from '../../src/credentials/index.ts';
import { ConfigurationError } from '../../src/errors.ts';
import { samples } from './samples.ts';

const today = '2026-06-15';
type Found = `${LintSeverity} ${LintCode} at ${string}`;

function lintAfter(type: CredentialType, change: object, beside: object = {}): Found[] {
  const sample = samples[type];
  const credential = { ...sample, fields: { ...sample.fields, ...change }, ...beside } as Credential;
  return lint(credential, { today }).map(
    ({ severity, code, path }): Found => `${severity} ${code} at ${path}`,
  );
}

describe('lint', () => {
  test.each(credentialTypes)('is content with the sample of %s', (type) => {
    const found = lintAfter(type, {});
    expect(found).toEqual(
      type === 'career_history' ? ['info incomplete_role at fields.employment.1.role_classification'] : [],
    );
  });

  test('needs today as a date', () => {
    expect(() => lint(samples.education, { today: 'tomorrow' })).toThrow(ConfigurationError);
  });

  test('never repeats what it looks at', () => {
    const credential: Credential = {
      ...samples.microcredential,
      fields: {
        ...samples.microcredential.fields,
        full_name: 'ZEBULON 9',
        issuer_name: 'Training',
        issue_date: '2031-01-01',
      },
    };
    expect(JSON.stringify(lint(credential, { today }))).not.toMatch(/ZEBULON|Training|2031/);
  });

  describe('titles', () => {
    test.each([
      'Certificate of Participation',
      'Certificate of Completion',
      'certificate  of  attendance',
      'Course Completion Certificate',
      'Certificate',
      'Digital Badge',
      'A Certificate of Achievement.',
      'Micro-credential',
      'Online Course 2',
      'Participation Award',
      'Statement of Attainment',
      'Training',
    ])('%j is generic', (microcredential_name) => {
      expect(lintAfter('microcredential', { microcredential_name })).toContain(
        'error generic_name at fields.microcredential_name',
      );
    });

    test.each([
      'Data Analysis with Python',
      'Certificate of Completion in Barista Skills',
      'Workplace First Aid',
      'Award-winning Customer Service',
      'Training and Assessment',
      'Course Design for Online Learning',
      'Chứng chỉ Tin học',
      'การบริหารโครงการ',
    ])('%j is a title', (microcredential_name) => {
      expect(lintAfter('microcredential', { microcredential_name })).toEqual([]);
    });

    test.each([
      ['microcredential', { microcredential_name: 'Bachelor of Arts' }, 'error'],
      ['microcredential', { microcredential_name: 'Masters Degree in Law' }, 'error'],
      ['microcredential', { microcredential_name: 'Certificate III in Aged Care' }, 'warning'],
      ['microcredential', { microcredential_name: 'Graduate Diploma of Education' }, 'warning'],
      ['microcredential', { microcredential_name: 'IELTS Academic' }, 'warning'],
      ['universal_credential', { credential_name: 'Bachelor of Nursing' }, 'error'],
      ['education', { course_name: 'Excel Masterclass' }, 'warning'],
    ] as const)('%s %j belongs to another type', (type, change, severity) => {
      expect(lintAfter(type, change)).toEqual([
        expect.stringMatching(`^${severity} wrong_credential_type`) as unknown as Found,
      ]);
    });

    test.each([
      ['microcredential', { microcredential_name: 'IELTS Preparation Course' }],
      ['microcredential', { microcredential_name: 'Mastering Spreadsheets' }],
      ['education', { course_name: 'Diploma of Nursing' }],
      ['education', { course_name: 'Master of Laws' }],
    ] as const)('%s %j is in its place', (type, change) => {
      expect(lintAfter(type, change)).toEqual([]);
    });
  });

  describe('issuers', () => {
    test.each([
      'Marketing',
      'HR',
      'Department of Nursing',
      'The Faculty of Law',
      'Training Department',
      'University',
      'Learning & Development',
      'N/A',
    ])('%j is vague', (issuer_name) =>
      expect(lintAfter('microcredential', { issuer_name })).toEqual([
        'error vague_issuer at fields.issuer_name',
      ]),
    );
    test.each([
      'University of Melbourne',
      'London School of Economics',
      'Institute of Directors',
      'Law Society of Example',
      'Example HR Pty Ltd',
      'มหาวิทยาลัยตัวอย่าง',
    ])('%j identifies an organisation', (issuer_name) =>
      expect(lintAfter('microcredential', { issuer_name })).toEqual([]),
    );
    test('is looked for in every type that names one', () => {
      expect(lintAfter('education', { education_provider: 'Science' })).toEqual([
        'warning vague_issuer at fields.education_provider',
      ]);
      expect(lintAfter('english_proficiency', { test_provider: 'Academy' })).toEqual([
        'warning vague_issuer at fields.test_provider',
      ]);
      expect(lintAfter('universal_credential', { issuer_name: 'Safety' })).toEqual([
        'warning vague_issuer at fields.issuer_name',
      ]);
    });
  });

  describe('dates', () => {
    test.each<[CredentialType, object, Found[]]>([
      ['microcredential', { issue_date: today }, []],
      ['microcredential', { issue_date: '2026-06-16' }, ['error future_date at fields.issue_date']],
      ['microcredential', { expiry_date: today }, []],
      ['microcredential', { expiry_date: '2026-06-14' }, ['warning expired at fields.expiry_date']],
      [
        'microcredential',
        { expiry_date: '2026-01-30' },
        ['warning expired at fields.expiry_date', 'error dates_disagree at fields.expiry_date'],
      ],
      [
        'english_proficiency',
        { completion_date: '2027-01-01' },
        ['error future_date at fields.completion_date'],
      ],
      ['english_proficiency', { expiry_date: '2026-02-01' }, ['warning expired at fields.expiry_date']],
      ['digital_identity', { date_of_birth: '2026-06-16' }, ['error future_date at fields.date_of_birth']],
      ['digital_identity', { date_of_birth: null }, ['info birth_date_missing at fields.date_of_birth']],
      ['education', { conferral_year: '2026' }, []],
      ['education', { conferral_year: '2027' }, ['error not_yet_conferred at fields.conferral_year']],
      [
        'education',
        { conferral_year: null, awaiting_graduation: true },
        ['info awaiting_graduation at fields.awaiting_graduation'],
      ],
      [
        'education',
        {
          transcript: {
            overall: { issuance_date: '2026-12-01' },
            subjects: [{ name: 'A', code: 'B', grade: 'C', completion_date: '2027' }],
          },
        },
        [
          'error future_date at fields.transcript.overall.issuance_date',
          'error future_date at fields.transcript.subjects.0.completion_date',
        ],
      ],
      [
        'universal_credential',
        { credential_details: { date_completed: '2026-12-31' } },
        ['error future_date at fields.credential_details.date_completed'],
      ],
      [
        'universal_credential',
        { expiry_date: '2025-12-30' },
        ['warning expired at fields.expiry_date', 'error dates_disagree at fields.expiry_date'],
      ],
      [
        'career_history',
        {
          employment: [
            {
              organisation: 'A',
              role_classification: 'B',
              role_title: 'C',
              start_date: '2026-07',
              end_date: '2026-06',
              last_processed_month: '2026-07',
            },
          ],
        },
        [
          'error future_date at fields.employment.0.start_date',
          'error future_date at fields.employment.0.last_processed_month',
          'error dates_disagree at fields.employment.0.end_date',
        ],
      ],
      [
        'career_history',
        {
          employment: [
            {
              organisation: 'A',
              role_classification: 'B',
              role_title: 'C',
              start_date: '2026-06',
              last_processed_month: '2026-05',
            },
          ],
        },
        ['error dates_disagree at fields.employment.0.last_processed_month'],
      ],
    ])('of %s with %j', (type, change, found) => {
      expect(lintAfter(type, change)).toEqual(found);
    });
  });

  describe('the rest of the fields', () => {
    test.each<[CredentialType, object, Found[]]>([
      ['education', { has_majors: false }, ['warning majors_disagree at fields.has_majors']],
      ['education', { majors: undefined }, ['warning majors_disagree at fields.has_majors']],
      ['education', { has_majors: false, majors: [] }, []],
      ['education', { has_majors: undefined }, []],
      [
        'english_proficiency',
        { test_scores: { cefr_scores: {}, overall: { score: '1', scale: '2' } } },
        ['warning cefr_missing at fields.test_scores.cefr_scores'],
      ],
      [
        'english_proficiency',
        { test_scores: { cefr_scores: { combined: 'C1' }, overall: { score: '1', scale: '2' } } },
        ['info cefr_missing at fields.test_scores.cefr_scores'],
      ],
      ['right_to_work', { country: 'AU', singapore_work_rights: undefined }, []],
      [
        'right_to_work',
        { country: 'UK', singapore_work_rights: undefined },
        ['warning unlikely_country at fields.country'],
      ],
      [
        'right_to_work',
        { country: 'QQ', singapore_work_rights: undefined },
        ['warning unlikely_country at fields.country'],
      ],
      ['right_to_work', { country: 'AU' }, ['warning unlikely_work_rights at fields.singapore_work_rights']],
      [
        'right_to_work',
        { singapore_work_rights: 'citizen' },
        ['warning unlikely_work_rights at fields.singapore_work_rights'],
      ],
      ['career_history', { employment: [] }, ['warning no_employment at fields.employment']],
      ['career_history', { employment: undefined }, ['warning no_employment at fields.employment']],
      [
        'microcredential',
        { microcredential_name: 'Data  Analysis ' },
        ['warning loose_text at fields.microcredential_name'],
      ],
      [
        'microcredential',
        { issuer_name: 'Acade\u0301mie Exemple' },
        ['warning loose_text at fields.issuer_name'],
      ],
      ['education', { majors: [' Finance'] }, ['warning loose_text at fields.majors.0']],
    ])('of %s with %j', (type, change, found) => {
      expect(lintAfter(type, change)).toEqual(found);
    });

    test.each([
      ['https://files.university.edu/a.pdf', []],
      ['http://files.university.edu/a.pdf', ['warning document_not_public at document.value']],
      ['https://localhost/a.pdf', ['warning document_not_public at document.value']],
      ['https://files.internal:8443/a.pdf', ['warning document_not_public at document.value']],
      ['https://192.168.1.7/a.pdf', ['warning document_not_public at document.value']],
      ['https://172.20.0.1', ['warning document_not_public at document.value']],
      ['https://[::1]/a.pdf', ['warning document_not_public at document.value']],
      ['https://10.example-files.com/a.pdf', []],
    ])('of the document %s', (value, found) => {
      expect(lintAfter('education', {}, { document: { type: 'pdf', value } })).toEqual(found);
    });
  });

  describe('names', () => {
    test.each([
      'Suharto',
      "Aoife O'Brien",
      'Nguyễn Thị Minh Khai',
      'สมชาย ใจดี',
      '王小明',
      'محمد علي',
      'ひろし 山田',
      'Mai Ånd',
      'Li',
      'Ng',
    ])('%j is fine', (full_name) => expect(lintAfter('microcredential', { full_name })).toEqual([]));

    test.each<[string, Found]>([
      ['SITI NURHALIZA', 'info name_case at fields.full_name'],
      ['siti nurhaliza', 'info name_case at fields.full_name'],
      ['Pavel Pаvlov', 'warning mixed_scripts at fields.full_name'],
      ['Pavel Иванов', 'warning mixed_scripts at fields.full_name'],
      ['Tanวิชัย', 'warning mixed_scripts at fields.full_name'],
      ['Tan Wei 陈伟', 'info mixed_scripts at fields.full_name'],
      ['Student 12345', 'warning unlikely_name at fields.full_name'],
      ['Test Student', 'warning unlikely_name at fields.full_name'],
      ['N/A', 'warning unlikely_name at fields.full_name'],
      ['Null', 'warning unlikely_name at fields.full_name'],
      ['---', 'warning unlikely_name at fields.full_name'],
      ['<b>Ann</b> Lee', 'warning unlikely_name at fields.full_name'],
      [' Ann Lee', 'warning loose_text at fields.full_name'],
    ])('%j gives %s', (full_name, found) => {
      expect(lintAfter('microcredential', { full_name })).toEqual([found]);
    });
  });
});
