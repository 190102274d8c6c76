import { createCipheriv, createDecipheriv } from 'node:crypto';
import { freshBytes } from './fresh-bytes.ts';

/**
 * Where a sealed value stands. It is bound to this place as associated data, so that a ciphertext copied to another
 * issuer, row or column does not open there.
 */
export interface SealedPlace {
  readonly issuer: string;
  /** The row: an award id, a recipient id. */
  readonly row: string;
  readonly column: string;
}

const format = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts with AES-256-GCM: one byte of format, nonce, tag, ciphertext. */
export function seal(key: Uint8Array, plain: Uint8Array, place: SealedPlace): Uint8Array {
  const nonce = freshBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associatedData(place));
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Uint8Array.of(format), nonce, cipher.getAuthTag(), encrypted]);
}

/** Decrypts what {@link seal} made for the same key and place. Throws when anything differs. */
export function openSealed(key: Uint8Array, sealed: Uint8Array, place: SealedPlace): Uint8Array {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes[0] !== format || bytes.length < 1 + nonceBytes + tagBytes) {
    throw new Error(`A sealed value in column ${place.column} is damaged.`);
  }
  const nonce = bytes.subarray(1, 1 + nonceBytes);
  const tag = bytes.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(associatedData(place)).setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes.subarray(1 + nonceBytes + tagBytes)), decipher.final()]);
}

/** Length-prefixed: no two places spell the same bytes. */
function associatedData({ issuer, row, column }: SealedPlace): Uint8Array {
  return Buffer.from(
    [issuer, row, column].map((field) => `${Buffer.byteLength(field)}:${field}`).join(''),
    'utf8',
  );
}
