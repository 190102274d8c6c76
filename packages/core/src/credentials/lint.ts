import { ConfigurationError } from '../errors.ts';
import { isDay } from './calendar.ts';
import { lintCareerHistory } from './career-history.ts';
import type { Credential, FieldsOf } from './credential.ts';
import type { CredentialType } from './credential-type.ts';
import { lintDigitalIdentity } from './digital-identity.ts';
import { lintEducation } from './education.ts';
import { lintEnglishProficiency } from './english-proficiency.ts';
import { nameAt } from './fault.ts';
import { isObject } from './field-schemas.ts';
import type { LintFinding } from './lint-finding.ts';
import { nameFindings } from './lint-person-name.ts';
import { lintMicrocredential } from './microcredential.ts';
import { lintRightToWork } from './right-to-work.ts';
import { lintUniversalCredential } from './universal-credential.ts';

/** The rules of each type. Beside the catalogue, not in it: who only sends does not load them. */
const lintRules: { readonly [T in CredentialType]: (fields: FieldsOf<T>, today: string) => LintFinding[] } = {
  education: lintEducation,
  english_proficiency: lintEnglishProficiency,
  microcredential: lintMicrocredential,
  digital_identity: lintDigitalIdentity,
  right_to_work: lintRightToWork,
  career_history: lintCareerHistory,
  universal_credential: lintUniversalCredential,
};

function lintFields<T extends CredentialType>(type: T, fields: FieldsOf<T>, today: string): LintFinding[] {
  return lintRules[type](fields, today);
}

/**
 * Judges the contents of a valid credential by SEEK's content rules and plain sense (docs: "Credential definitions" and the field pages). What
 * it finds can still be sent; `today` is the date, `YYYY-MM-DD`, where the issuer is. Throws `ConfigurationError` for another format.
 */
export function lint(credential: Credential, { today }: { readonly today: string }): LintFinding[] {
  if (!isDay(today)) throw new ConfigurationError('today is not a date: give it as YYYY-MM-DD.');
  const { credential_type, fields, document } = credential;
  return [
    ...nameFindings(fields.full_name),
    ...lintFields(credential_type, fields, today),
    ...looseText('fields', fields),
    ...documentFindings(document?.value ?? ''),
  ];
}

/** Texts that look equal but are not: SEEK Pass compares some of them to tell a new version from another credential. */
function looseText(path: string, value: unknown): LintFinding[] {
  if (typeof value === 'string') {
    if (value.trim().replace(/\s+/g, ' ').normalize('NFC') === value) return [];
    return [
      {
        path,
        code: 'loose_text',
        severity: 'warning',
        message: `${nameAt(path)} has spaces too many or letters in decomposed form`,
        remedy: 'Keep single spaces and normalise it to NFC, or it may not match an earlier version.',
      },
    ];
  }
  // The entries of a list are its indexes.
  return isObject(value) || Array.isArray(value)
    ? Object.entries(value).flatMap(([name, inner]) => looseText(`${path}.${name}`, inner))
    : [];
}

const privateAddress =
  /^https?:\/\/(localhost|[^/]*\.(local|localhost|internal|test|example|invalid)|(127|10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\.[\d.]+|\[[^/]*)(:\d+)?(\/|$)/i;

/** SEEK Pass downloads the file from outside (docs: "Redirect user"). */
function documentFindings(address: string): LintFinding[] {
  if (!privateAddress.test(address) && !/^http:/i.test(address)) return [];
  return [
    {
      path: 'document.value',
      code: 'document_not_public',
      severity: 'warning',
      message: 'document.value is not a public https address',
      remedy: 'Put the file on a public host, and ask SEEK Pass to allow that host.',
    },
  ];
}
