import { createHmac, randomBytes } from 'node:crypto';
import { ConfigurationError } from '@seek-pass-kit/core';

/** The secret that claim tokens are derived from. One per issuer; whoever has it can claim every award. */
export interface ClaimKey {
  readonly bytes: Uint8Array;
  /** Tells keys apart without telling anything about them; stored with the issuer so that a changed key is noticed. */
  readonly fingerprint: string;
}

/** Makes a new claim key as text (43 characters of base64url, 256 random bits), to be kept with the other secrets. */
export function generateClaimKey(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Reads a claim key as {@link generateClaimKey} makes it.
 *
 * @throws {ConfigurationError} `invalid_configuration` when it is missing, malformed or obviously no secret.
 */
export function readClaimKey(text: string | undefined): ClaimKey {
  if (typeof text !== 'string' || text === '') {
    throw new ConfigurationError(
      'The claim key is missing. Make one with `seek-pass init` or generateClaimKey() and keep it with your secrets.',
    );
  }
  const bytes = Buffer.from(text, 'base64url');
  const wellFormed = /^[A-Za-z0-9_-]{43}$/.test(text) && bytes.length === 32;
  if (!wellFormed || new Set(bytes).size < 12) {
    throw new ConfigurationError(
      'The claim key is not 32 random bytes in base64url (43 characters). Use one made by generateClaimKey().',
    );
  }
  return {
    bytes,
    fingerprint: createHmac('sha256', bytes).update('claim key fingerprint').digest('base64url').slice(0, 16),
  };
}

/**
 * Stops a start with another claim key than the one the stored awards' links were made with: every mailed link would
 * be dead.
 *
 * @throws {ConfigurationError} `invalid_configuration`.
 */
export function checkClaimKeys(keys: readonly ClaimKey[], storedFingerprint: string | undefined): void {
  if (storedFingerprint === undefined) return;
  if (keys.some(({ fingerprint }) => fingerprint === storedFingerprint)) return;
  throw new ConfigurationError(
    'The claim key is not the one that the mailed claim links were made with. Put the former key back, or name both (newest first) to rotate.',
  );
}
