/** `UNKNOWN` means: not to be found out offline, or not reached because an earlier check failed. */
export type OpenCertCheckResult = 'VALID' | 'INVALID' | 'UNKNOWN';

/** The stable names of what a check found. Switch on these; messages may change. */
export type OpenCertCheckCode =
  | 'ok'
  | 'not_reached'
  | 'needs_network'
  | 'too_large'
  | 'not_json'
  | 'not_an_object'
  | 'double_encoded'
  | 'unsupported_version'
  | 'not_wrapped'
  | 'illegal_key'
  | 'not_salted'
  | 'too_complex'
  | 'altered'
  | 'no_dates'
  | 'bad_date'
  | 'issued_in_future'
  | 'expired';

/** What one check found. Neither text holds a value of the document. */
export interface OpenCertCheck {
  readonly result: OpenCertCheckResult;
  readonly code: OpenCertCheckCode;
  /** What was found: one sentence. */
  readonly message: string;
  /** How to mend it: one sentence; there unless the result is `VALID`. */
  readonly remedy?: string;
}

/** All checks, in the order in which they are made. */
export interface OpenCertChecks {
  /** The document is JSON, once encoded, an object, and not too large. */
  readonly readable: OpenCertCheck;
  /** It is a wrapped OpenAttestation v2 document: every value salted, hashes present. */
  readonly wrapped: OpenCertCheck;
  /** Nothing was altered since it was wrapped. Says nothing about who wrapped it. */
  readonly integrity: OpenCertCheck;
  /** It is not expired, and not issued in the future. */
  readonly dates: OpenCertCheck;
  /** The issuer put it on record and did not revoke it: always `UNKNOWN` offline. */
  readonly issued: OpenCertCheck;
  /** The issuer is who the document says: always `UNKNOWN` offline. A self-made document passes all the others. */
  readonly issuer: OpenCertCheck;
}

/**
 * How well two texts agree:
 * - `exact`: the same, apart from the coding of characters and the number of spaces.
 * - `likely`: the same but for case, accents, punctuation, order of names and the like.
 * - `review`: may be the same; a person must look.
 * - `mismatch`: not the same.
 */
export type Likeness = 'exact' | 'likely' | 'review' | 'mismatch';

/** Why two values are not `exact`. */
export type LikenessReason =
  | 'case'
  | 'accents'
  | 'punctuation'
  | 'small_words'
  | 'spacing'
  | 'word_order'
  | 'some_words_missing'
  | 'initials'
  | 'spelling'
  | 'other_script'
  | 'other_date'
  | 'not_in_document'
  | 'different';

/** How well one field of the payload agrees with the document. */
export interface OpenCertComparison {
  /** The field of the payload, in the name of the wire. */
  readonly field: keyof OpenCertPayload;
  readonly result: Likeness;
  /** Empty when `exact`. */
  readonly reasons: readonly LikenessReason[];
}

/** Something in the document that a person should know of before it is sent. */
export interface OpenCertWarning {
  readonly code: 'national_id' | 'passport_number' | 'email' | 'phone' | 'not_protected';
  /** Where, dots between members; characters that are not part of plain names are replaced. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * The fields of a credential that a document is compared with: pass `credential.fields`. What is missing or `null` is
 * not compared.
 */
export interface OpenCertPayload {
  readonly full_name?: string | null | undefined;
  /** Education. */
  readonly course_name?: string | null | undefined;
  /** Education. */
  readonly education_provider?: string | null | undefined;
  /** Education, `YYYY`. */
  readonly conferral_year?: string | null | undefined;
  /** Microcredential. */
  readonly microcredential_name?: string | null | undefined;
  /** Microcredential. */
  readonly issuer_name?: string | null | undefined;
  /** Microcredential, `YYYY-MM-DD`. */
  readonly issue_date?: string | null | undefined;
}

/** What {@link checkOpenCert} found. */
export interface OpenCertReport {
  /** Integrity is `VALID`, no check is `INVALID`, no comparison is a `mismatch`. Look at `review` yourself. */
  readonly ok: boolean;
  readonly checks: OpenCertChecks;
  /** One for each field that the payload has. */
  readonly comparisons: readonly OpenCertComparison[];
  /** At most 50. */
  readonly warnings: readonly OpenCertWarning[];
}
