import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { KeyPort } from '../keys/key-ring.ts';
import { tokenBytes } from '../keys/token-bytes.ts';

/** Keys of the verify flow, each for one use, derived from the lookup key: nothing else is to be configured or backed up. */
export interface VerifySecrets {
  /** Of the one-time value in a callback address. */
  readonly callback: Uint8Array;
  /** Of start links. */
  readonly start: Uint8Array;
  /** Of what a browser has in its cookie. */
  readonly browser: Uint8Array;
  readonly csrf: Uint8Array;
}

/** Deriving takes a moment: do it once. */
export function deriveVerifySecrets(
  issuer: string,
  { lookupKey }: Pick<KeyPort, 'lookupKey'>,
): VerifySecrets {
  const derive = (use: string) =>
    new Uint8Array(hkdfSync('sha256', lookupKey, issuer, `seek-pass-kit verify flow v1 ${use}`, 32));
  return {
    callback: derive('callback'),
    start: derive('start'),
    browser: derive('browser'),
    csrf: derive('csrf'),
  };
}

/** Tells the key file of one database from that of another, and nothing about it. */
export function verifyFingerprint({ lookupKey }: Pick<KeyPort, 'lookupKey'>): string {
  return createHmac('sha256', lookupKey).update('verify flow fingerprint').digest('base64url').slice(0, 22);
}

/** The token of a verification for one use: 43 characters of base64url. Derived, so that no database holds it. */
export function verifyToken(secret: Uint8Array, verificationId: string): string {
  return digest(secret, verificationId).toString('base64url');
}

/** Whether a presented token is the one of this verification, in constant time. */
export function isVerifyToken(secret: Uint8Array, verificationId: string, presented: string): boolean {
  const given = tokenBytes(presented);
  return given !== undefined && timingSafeEqual(given, digest(secret, verificationId));
}

/** Hash of what is random already: 256 bits need no key. */
export function plainHash(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

/** Whether two hashes are equal, in constant time. */
export function isSameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function digest(secret: Uint8Array, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}
