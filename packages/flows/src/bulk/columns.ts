import type { CredentialType } from '@seek-pass-kit/core';

/** How the text of a cell becomes the value of a field. A year is written as it is; a host that has a date takes the year of it. */
type CellKind = 'text' | 'year' | 'date' | 'boolean' | 'list';

/** A column that holds a field of the credential, by its wire name; dots lead into objects. */
export interface FieldColumn {
  readonly name: string;
  readonly kind: CellKind;
  /** The file must have the column. Whether a cell may be empty is decided by the schema of the credential. */
  readonly required: boolean;
}

/** About the award and its recipient; not sent to SEEK Pass. */
export const awardColumns = ['key', 'email', 'locale', 'subject', 'email_verified', 'minor'] as const;
/** What stands after it names a fact that only the recipient should know: `known_facts.student_number`. */
export const knownFactsPrefix = 'known_facts.';
/** About what is sent, besides the fields. */
export const envelopeColumns = ['credential_type', 'document_type', 'document', 'partner_chain'] as const;

/** Separates the values of a list in one cell. */
export const listSeparator = ';';

const required = (name: string, kind: CellKind = 'text'): FieldColumn => ({ name, kind, required: true });
const optional = (name: string, kind: CellKind = 'text'): FieldColumn => ({ name, kind, required: false });

const placeDetails = ['country', 'state', 'province', 'city', 'region', 'place'];

/**
 * The field columns of each credential type (docs: the field pages of SEEK Pass). Records inside a credential (a transcript, test
 * subskills, employment) do not fit into one row and go into a JSON file; a type that consists of them has no columns.
 */
export const fieldColumns: { readonly [T in CredentialType]: readonly FieldColumn[] | undefined } = {
  education: [
    required('full_name'),
    required('education_provider'),
    required('course_name'),
    required('conferral_year', 'year'),
    optional('awaiting_graduation', 'boolean'),
    optional('has_majors', 'boolean'),
    optional('majors', 'list'),
    optional('with_honours', 'boolean'),
  ],
  english_proficiency: [
    required('full_name'),
    required('test_provider'),
    required('test_name'),
    required('completion_date', 'date'),
    optional('expiry_date', 'date'),
    required('test_scores.overall.score'),
    required('test_scores.overall.scale'),
    ...['combined', 'reading', 'listening', 'speaking', 'writing'].map((skill) =>
      optional(`test_scores.cefr_scores.${skill}`),
    ),
  ],
  microcredential: [
    required('full_name'),
    required('issuer_name'),
    required('microcredential_name'),
    required('issue_date', 'date'),
    optional('expiry_date', 'date'),
    optional('assessment_result'),
  ],
  digital_identity: [
    required('full_name'),
    optional('date_of_birth', 'date'),
    required('identity_document_validity'),
    required('identity_document_liveness'),
    required('identity_document_person_match'),
  ],
  right_to_work: [required('full_name'), required('country'), optional('singapore_work_rights')],
  career_history: undefined,
  universal_credential: [
    required('full_name'),
    required('credential_name'),
    required('issuer_name'),
    required('credential_category'),
    optional('expiry_date', 'date'),
    optional('credential_details.scope_of_practice'),
    optional('credential_details.version'),
    ...placeDetails.map((name) => optional(`credential_details.${name}`)),
    optional('credential_details.speciality', 'list'),
    optional('credential_details.date_completed', 'date'),
  ],
};
