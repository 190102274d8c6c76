import type { CredentialType } from '../shapes.ts';

/** Credential types in words a learner knows. */
export const typeInWords: { readonly [T in CredentialType]: string } = {
  education: 'Education',
  english_proficiency: 'English test',
  microcredential: 'Learning and development',
  digital_identity: 'Identity',
  right_to_work: 'Right to work',
  career_history: 'Work history',
  universal_credential: 'Credential',
};

/** The field that names one credential of a type best, as its title. */
export const titleField: { readonly [T in CredentialType]: string | undefined } = {
  education: 'course_name',
  english_proficiency: 'test_name',
  microcredential: 'microcredential_name',
  digital_identity: undefined,
  right_to_work: undefined,
  career_history: undefined,
  universal_credential: 'credential_name',
};

/** Fields whose wire name does not read well on its own. */
const fieldWords: Readonly<Record<string, string>> = {
  full_name: 'Name',
  education_provider: 'Awarded by',
  course_name: 'Course',
  conferral_year: 'Year awarded',
  awaiting_graduation: 'Waiting for graduation',
  has_majors: 'Has majors',
  with_honours: 'With honours',
  issuance_date: 'Issued on',
  test_provider: 'Test centre',
  test_name: 'Test',
  completion_date: 'Completed on',
  expiry_date: 'Valid until',
  test_scores: 'Scores',
  cefr_scores: 'Level (CEFR)',
  subskills: 'Skills',
  issuer_name: 'Issued by',
  microcredential_name: 'Name of the course',
  issue_date: 'Issued on',
  assessment_result: 'Result',
  date_of_birth: 'Date of birth',
  identity_document_validity: 'Document checked by',
  identity_document_liveness: 'Presence checked',
  identity_document_person_match: 'Face compared by',
  singapore_work_rights: 'Work rights in Singapore',
  role_classification: 'Kind of work',
  role_title: 'Role',
  start_date: 'From',
  end_date: 'Until',
  last_processed_month: 'Known up to',
  credential_name: 'Name of the credential',
  credential_category: 'Category',
  credential_details: 'Details',
  scope_of_practice: 'Scope of practice',
  date_completed: 'Completed on',
  position_title: 'Position',
  position_url: 'Page of the position',
  position_location: 'Place',
  job_categories: 'Kinds of work',
  applied_on_seek: 'Applied through SEEK',
};

/** Values that are words of the API, per field. */
const valueWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  identity_document_validity: {
    manual: 'A person',
    government_database: 'A government database',
    verifiable_credential: 'A verifiable credential',
  },
  identity_document_liveness: { automated: 'By software', in_person: 'In person' },
  identity_document_person_match: {
    manual: 'A person',
    automated: 'Software',
    government_database: 'A government database',
  },
};

/** A field's name for the page; one the sandbox does not know is shown as it is, with spaces. */
export function fieldInWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return fieldWords[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value for the page. */
export function valueInWords(name: string, value: string | number | boolean): string {
  if (value === true) return 'Yes';
  if (value === false) return 'No';
  if (name === 'country' && typeof value === 'string') return countryInWords(value);
  return valueWords[name]?.[String(value)] ?? String(value);
}

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

function countryInWords(code: string): string {
  return /^[A-Z]{2}$/u.test(code) ? (countries.of(code) ?? code) : code;
}
