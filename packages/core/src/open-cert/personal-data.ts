import type { Contents } from './contents.ts';
import type { OpenCertWarning } from './report.ts';

type PersonalDataCode = Exclude<OpenCertWarning['code'], 'not_protected'>;

const maxWarnings = 50;
/** Longer values are images or page templates. */
const maxLength = 2_000;

/** By the last name of the path. */
const keys: readonly (readonly [PersonalDataCode, RegExp])[] = [
  [
    'national_id',
    /^(?:nric|fin|nric_?fin|mykad|ktp|nik|hkid|aadhaar|ssn|tfn|tax_?file_?number|ic_?(?:number|no)|national_?id(?:entity)?(?:_?(?:number|no))?|identity_?(?:card_?)?(?:number|no)|citizen_?id)$/i,
  ],
  ['passport_number', /passport/i],
  ['email', /^e_?mail(?:_?address)?$/i],
  ['phone', /^(?:phone|mobile|telephone|tel|contact)(?:_?(?:number|no))?$/i],
];

/** By the value, wherever it stands. */
const values: readonly (readonly [PersonalDataCode, RegExp])[] = [
  // Singapore; Malaysia; Hong Kong.
  ['national_id', /(?<!\w)(?:[STFGM]\d{7}[A-Z]|\d{6}-\d{2}-\d{4}|[A-Z]{1,2}\d{6}\([0-9A]\))(?!\w)/],
  // Indonesia: the whole value, since sixteen digits are also a serial number within a text.
  ['national_id', /^\d{16}$/],
  ['email', /[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@]{2,}/],
  ['phone', /(?<![\w.])\+\d[\d ().-]{6,16}\d(?!\w)/],
];

/** Looks like the number of a passport, but also of a student or a certificate: not asked of those. */
const passportNumber = /^[A-Z]{1,2}\d{7,8}$/;
const otherNumbers =
  /(?:^|\.)(?:id|[a-z]*(?:student|matric|enrol|admission|certificate|serial|course|module|subject|code)[a-z_]*)$/i;

const words: Readonly<Record<PersonalDataCode, string>> = {
  national_id: 'the number of an identity card',
  passport_number: 'the number of a passport',
  email: 'an e-mail address',
  phone: 'a phone number',
};

/** Warns of numbers and addresses of the person. Those of the issuer are meant to be public. */
export function findPersonalData(contents: Contents): readonly OpenCertWarning[] {
  const warnings: OpenCertWarning[] = [];
  for (const [path, value] of contents) {
    if (warnings.length >= maxWarnings) break;
    if (path.startsWith('issuers.') || value.trim() === '') continue;
    const code = codeOf(path, value);
    if (code !== undefined) warnings.push(warning(code, path));
  }
  return warnings;
}

function codeOf(path: string, value: string): PersonalDataCode | undefined {
  const key = path.slice(path.lastIndexOf('.') + 1);
  const byKey = keys.find(([, pattern]) => pattern.test(key));
  if (byKey !== undefined) return byKey[0];
  if (value.length > maxLength) return undefined;
  const byValue = values.find(([, pattern]) => pattern.test(value));
  if (byValue !== undefined) return byValue[0];
  return passportNumber.test(value) && !otherNumbers.test(path) ? 'passport_number' : undefined;
}

function warning(code: PersonalDataCode, path: string): OpenCertWarning {
  return {
    code,
    path: safePath(`data.${path}`),
    message: `The document seems to hold ${words[code]}, which everybody who sees the credential can read.`,
    remedy: 'Obfuscate this field before sending, unless the learner needs it there.',
  };
}

/** Keys come from the document: they may hold anything. */
export function safePath(path: string): string {
  return path.slice(0, 120).replaceAll(/[^\w.-]/g, '?');
}
