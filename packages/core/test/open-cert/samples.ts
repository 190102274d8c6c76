import { obfuscateDocument, verifySignature, wrapDocument, wrapDocuments } from '@govtechsg/open-attestation';

/** An OpenCert before wrapping, of a person who does not exist. */
export const transcript = {
  id: 'CERT-2025-0042',
  name: 'Bachelor of Nursing',
  description: 'Awarded for three years of study',
  issuedOn: '2025-12-01T00:00:00+08:00',
  expiresOn: '2035-12-01',
  graduationDate: '2025-11-20',
  issuers: [
    {
      name: 'Harbour University',
      documentStore: '0x0000000000000000000000000000000000000042',
      identityProof: { type: 'DNS-TXT', location: 'harbour.example' },
    },
  ],
  recipient: { name: 'Nguyễn Thị Lan', studentId: 'A1234567' },
  transcript: [
    { name: 'Anatomy', grade: 'A+', courseCode: 'NUR101', courseCredit: '6' },
    { name: 'Pharmacology "I"', grade: 'B', courseCode: 'NUR102', courseCredit: '6' },
  ],
  cumulativeScore: 4.5,
  isHonours: false,
  remarks: null,
  additionalData: { tags: [], extra: {} },
};

/** The day all tests of this folder happen on. */
export const now = Date.parse('2026-01-01T00:00:00Z');

// The reference library types its documents after their schema; here they may be anything, hence Reflect.apply.

/** The file of one document that the reference library wrapped alone: the transcript with `change`. */
export function wrap(change: object = {}): string {
  return JSON.stringify(Reflect.apply(wrapDocument, undefined, [{ ...transcript, ...change }]));
}

/** The files of documents that the reference library wrapped together. */
export function wrapTogether(changes: readonly object[]): string[] {
  const documents = changes.map((change) => ({ ...transcript, ...change }));
  const wrapped: unknown[] = Reflect.apply(wrapDocuments, undefined, [documents]);
  return wrapped.map((document) => JSON.stringify(document));
}

/** The file after the reference library took `paths` out. */
export function obfuscate(file: string, paths: string[]): string {
  return JSON.stringify(Reflect.apply(obfuscateDocument, undefined, [JSON.parse(file), paths]));
}

/** What the reference library says of the integrity of a file; it throws for some, which counts as no. */
export function referenceSaysIntact(file: string): boolean {
  try {
    return verifySignature(JSON.parse(file));
  } catch {
    return false;
  }
}
