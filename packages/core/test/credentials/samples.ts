import type { CredentialOf, CredentialType, V1Envelope } from '../../src/credentials/index.ts';

/** An OpenCert is only looked at as JSON here; what is in it is the matter of `./open-cert`. */
export const openCert = JSON.stringify({
  version: 'https://schema.openattestation.com/2.0/schema.json',
  data: {},
});

/** The education request that the documentation prints, with an OpenCert for its placeholder. */
export const documentedEducation: V1Envelope = {
  id: 'seek-pass-test-a9a4839f-53d9-4064-8b0b-1348113a33f8',
  document_type: 'open_cert',
  credential_type: 'education',
  data: {
    credential: {
      full_name: 'John Smith',
      education_provider: 'University of Melbourne',
      course_name: 'Bachelor of Commerce',
      conferral_year: '2024',
      has_majors: true,
      majors: ['Finance'],
      with_honours: true,
    },
    document: openCert,
  },
};

/** The verify request that the documentation prints. */
export const documentedVerifyRequest = {
  request_id: '7cbc7e51-82f5-43ec-8d63-b7cdf1170425',
  callback_url: 'https://www.partner.com/callback',
  display_options: { partner_name: 'string', partner_logo_url: 'https://www.partner.com/logo.png' },
  request_source: [{ name: 'string' }],
  metadata: {
    position_title: 'string',
    position_url: 'string',
    position_location: 'string',
    job_categories: 'string',
    applied_on_seek: true,
  },
};

/** One valid credential per type with every documented field filled in. */
export const samples: { readonly [T in CredentialType]: CredentialOf<T> } = {
  education: {
    credential_type: 'education',
    fields: {
      full_name: 'Siti Nurhaliza binti Tarudin',
      education_provider: 'Example University',
      course_name: 'Bachelor of Commerce',
      conferral_year: '2024',
      awaiting_graduation: false,
      has_majors: true,
      majors: ['Finance', 'Accounting'],
      with_honours: true,
      transcript: {
        overall: { issuance_date: '2024-12-01', score: '3.9' },
        subjects: [
          {
            name: 'Statistics',
            code: 'ST101',
            grade: 'A+',
            credit: '6',
            score: '91',
            completion_date: '2023',
          },
          { name: 'Law', code: 'LW200', grade: 'High Distinction', completion_date: '2024-06-30' },
        ],
      },
    },
    document: { type: 'pdf', value: 'https://files.university.edu/certificate.pdf' },
    partner_chain: [{ name: 'Parent Group' }],
  },
  english_proficiency: {
    credential_type: 'english_proficiency',
    fields: {
      full_name: 'Nguyễn Văn An',
      test_provider: 'Example Testing',
      test_name: 'Example English Test',
      completion_date: '2026-01-31',
      expiry_date: '2028-01-31',
      test_scores: {
        cefr_scores: { combined: 'C1', reading: 'C1', listening: 'C2', speaking: 'B2', writing: 'C1' },
        overall: { score: '7.5', scale: '0-9' },
        subskills: [{ skill: 'Pronunciation', score: '7' }],
      },
    },
    document: { type: 'english_assessment', value: 'https://files.testing.org/result.pdf' },
    partner_chain: [{ name: 'Parent Group' }],
  },
  microcredential: {
    credential_type: 'microcredential',
    fields: {
      full_name: "Aoife O'Brien",
      issuer_name: 'Example Training Ltd',
      microcredential_name: 'Data Analysis with Python',
      issue_date: '2026-01-31',
      expiry_date: '2028-01-31',
      assessment_result: '87%',
    },
    document: { type: 'open_cert', value: openCert },
    partner_chain: [{ name: 'Parent Group' }],
  },
  digital_identity: {
    credential_type: 'digital_identity',
    fields: {
      full_name: '王小明',
      date_of_birth: '2000-02-29',
      identity_document_validity: 'government_database',
      identity_document_liveness: 'in_person',
      identity_document_person_match: 'manual',
    },
    partner_chain: [{ name: 'Parent Group' }],
  },
  right_to_work: {
    credential_type: 'right_to_work',
    fields: { full_name: 'Suharto', country: 'SG', singapore_work_rights: 'resident' },
    partner_chain: [{ name: 'Parent Group' }],
  },
  career_history: {
    credential_type: 'career_history',
    fields: {
      full_name: 'محمد علي',
      employment: [
        {
          organisation: 'Example Pty Ltd',
          role_classification: 'Accountant',
          role_title: 'Senior Tax Accountant',
          start_date: '2019-03',
          end_date: '2024-12',
          last_processed_month: '2025-01',
        },
        {
          organisation: 'Example Bank',
          role_title: 'Analyst',
          start_date: '2025-01',
          last_processed_month: '2026-01',
        },
      ],
    },
    partner_chain: [{ name: 'Parent Group' }],
  },
  universal_credential: {
    credential_type: 'universal_credential',
    fields: {
      full_name: 'สมชาย ใจดี',
      credential_name: 'Working at Heights',
      issuer_name: 'Example Safety Board',
      credential_category: 'Licence',
      expiry_date: '2030-12-31',
      credential_details: {
        scope_of_practice: 'Construction',
        version: '2',
        country: 'AU',
        state: 'VIC',
        province: null,
        city: 'Melbourne',
        region: null,
        place: null,
        speciality: ['Scaffolding'],
        date_completed: '2025-12-31',
      },
    },
    document: { type: 'jpg', value: 'https://files.board.org/card.jpg' },
  },
};
