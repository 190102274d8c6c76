/** Documented v1 envelopes and v2 bodies, with made-up people. */

export function education(id: string, credential: Record<string, unknown> = {}) {
  return {
    id,
    document_type: 'none',
    credential_type: 'education',
    data: {
      credential: {
        full_name: 'Nguyễn Thị Minh Ánh',
        education_provider: 'University of Examples',
        course_name: 'Bachelor of Commerce',
        conferral_year: '2024',
        has_majors: true,
        majors: ['Finance'],
        with_honours: true,
        ...credential,
      },
      document: null,
    },
  };
}

export function english(id: string) {
  return {
    id,
    document_type: 'english_assessment',
    credential_type: 'english_proficiency',
    data: {
      credential: {
        full_name: 'Suharto',
        test_provider: 'Examples Test Centre',
        test_name: 'Example English Test',
        completion_date: '2026-03-01',
        test_scores: { cefr_scores: { combined: 'C1' }, overall: { score: '7.5', scale: '9' } },
      },
      document: 'https://files.example/report.pdf',
    },
  };
}

export function microcredential(id: string, credential: Record<string, unknown> = {}) {
  return {
    id,
    document_type: 'none',
    credential_type: 'microcredential',
    data: {
      credential: {
        full_name: '王小明',
        issuer_name: 'University of Examples',
        microcredential_name: 'Practical Data Ethics',
        issue_date: '2026-01-31',
        ...credential,
      },
      document: null,
    },
  };
}

export function digitalIdentity(id: string) {
  return {
    id,
    document_type: 'none',
    credential_type: 'digital_identity',
    data: {
      credential: {
        full_name: "Siobhán O'Neill",
        date_of_birth: '1995-12-25',
        identity_document_validity: 'manual',
        identity_document_liveness: 'in_person',
        identity_document_person_match: 'manual',
      },
    },
  };
}

export function rightToWork(id: string) {
  return {
    id,
    document_type: 'none',
    credential_type: 'right_to_work',
    data: { credential: { full_name: 'S. Kumaravelu', country: 'SG', singapore_work_rights: 'resident' } },
  };
}

export const careerFields = {
  full_name: 'Suharto',
  employment: [
    {
      organisation: 'Examples Pty Ltd',
      role_title: 'Accountant',
      start_date: '2020-01',
      end_date: null,
      last_processed_month: '2026-06',
    },
  ],
};

export function careerHistory(id: string) {
  return { id, document_type: 'none', credential_type: 'career_history', data: { credential: careerFields } };
}

export const universalFields = {
  full_name: 'Björk Guðmundsdóttir',
  credential_name: 'First Aid',
  issuer_name: 'Examples Training',
  credential_category: 'Licence',
};

export function universal(id: string, assets?: readonly unknown[]) {
  return { credential_id: id, fields: universalFields, ...(assets === undefined ? {} : { assets }) };
}

/** A v2 batch with one entry of every member. */
export function batch(id: string) {
  const fieldsOf = (envelope: { data: { credential: object } }) => envelope.data.credential;
  return {
    credential_id: id,
    digital_identity: { credential_id: `${id}-1`, fields: { full_name: 'Suharto' } },
    education_items: [{ credential_id: `${id}-2`, fields: fieldsOf(education('x')) }],
    microcredential_items: [
      {
        credential_id: `${id}-3`,
        fields: fieldsOf(microcredential('x')),
        assets: [{ asset_id: 'certificate', asset_type: 'pdf' }],
      },
    ],
    english_proficiency_items: [{ credential_id: `${id}-4`, fields: fieldsOf(english('x')) }],
    right_to_work_items: [{ credential_id: `${id}-5`, fields: fieldsOf(rightToWork('x')) }],
    universal_credential_items: [{ credential_id: `${id}-6`, fields: universalFields }],
  };
}
