/** Payloads as the documentation describes them, about nobody. */

const fullName = "Contract O'Chéck";

/** v1 body of an education credential, with fields to add or replace. */
export function education(id: string, fields: Readonly<Record<string, unknown>> = {}) {
  const credential = {
    full_name: fullName,
    education_provider: 'Wattle Bay Institute of Technology',
    course_name: 'Bachelor of Applied Statistics',
    conferral_year: '2025',
    ...fields,
  };
  return { id, credential_type: 'education', document_type: 'none', data: { credential } };
}

/** v1 body of a microcredential, with fields to add or replace. */
export function microcredential(id: string, fields: Readonly<Record<string, unknown>> = {}) {
  const credential = {
    full_name: fullName,
    issuer_name: 'Wattle Bay Institute of Technology',
    microcredential_name: 'Data Analysis with SQL',
    issue_date: '2025-06-27',
    ...fields,
  };
  return { id, credential_type: 'microcredential', document_type: 'none', data: { credential } };
}

/** v1 body of an English test. */
export function english(id: string) {
  const credential = {
    full_name: fullName,
    test_provider: 'Wattle Bay Test Centre',
    test_name: 'Wattle Bay English Test',
    completion_date: '2025-06-27',
    test_scores: { cefr_scores: { combined: 'C1' }, overall: { score: '7.5', scale: '9' } },
  };
  const data = { credential, document: null };
  return { id, credential_type: 'english_proficiency', document_type: 'english_assessment', data };
}

/** v1 body of a digital identity. */
export function digitalIdentity(id: string) {
  const credential = {
    full_name: fullName,
    identity_document_validity: 'manual',
    identity_document_liveness: 'in_person',
    identity_document_person_match: 'manual',
  };
  return { id, credential_type: 'digital_identity', document_type: 'none', data: { credential } };
}

/** v1 body of a right to work, with fields to replace. */
export function rightToWork(id: string, fields: Readonly<Record<string, unknown>> = {}) {
  const credential = { full_name: fullName, country: 'SG', singapore_work_rights: 'resident', ...fields };
  return { id, credential_type: 'right_to_work', document_type: 'none', data: { credential } };
}

/** v2 body of a career history. */
export function careerHistory(id: string) {
  const employment = [
    {
      organisation: 'Wattle Bay Council',
      role_title: 'Payroll Accountant',
      start_date: '2020-01',
      end_date: null,
      last_processed_month: '2025-06',
    },
  ];
  return { credential_id: id, fields: { full_name: fullName, employment } };
}

/** v2 body of a universal credential. The list of categories is not published in full. */
export function universal(id: string) {
  const fields = {
    full_name: fullName,
    credential_name: 'First Aid',
    issuer_name: 'Wattle Bay Institute of Technology',
    credential_category: 'Licence',
  };
  return { credential_id: id, fields };
}

/** v2 batch with two credentials of one learner. */
export function batch(id: string) {
  return {
    credential_id: id,
    education_items: [{ credential_id: `${id}-1`, fields: education('').data.credential }],
    microcredential_items: [{ credential_id: `${id}-2`, fields: microcredential('').data.credential }],
  };
}
