import { createHmac } from 'node:crypto';

/** What can be looked up by exact value although it is stored encrypted. */
export type LookupKind =
  | 'business_key'
  | 'email'
  | 'subject'
  | 'person'
  | 'bulk_file'
  | 'run_row'
  | 'verification_reference'
  | 'course'
  | 'document_token';

/**
 * A keyed hash for exact look-ups: 32 bytes, different for each issuer and kind, useless to whoever has the database
 * without the key.
 */
export function lookupHash(
  lookupKey: Uint8Array,
  issuer: string,
  kind: LookupKind,
  value: string,
): Uint8Array {
  const text = `${Buffer.byteLength(issuer)}:${issuer}${kind.length}:${kind}${Buffer.byteLength(value)}:${value}`;
  return createHmac('sha256', lookupKey).update(text).digest();
}
