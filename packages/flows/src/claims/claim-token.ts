import { createHmac, timingSafeEqual } from 'node:crypto';
import { tokenBytes } from '../keys/token-bytes.ts';
import type { ClaimKey } from './claim-key.ts';

/** What a claim token is derived from: raising `generation` kills every older link of the award. */
export interface ClaimTokenInput {
  readonly issuer: string;
  /** The award's public id. */
  readonly awardId: string;
  /** Counts from 1. */
  readonly generation: number;
}

/** What a presented token turned out to be. `older`: it was right once, a newer link was sent. */
export type ClaimTokenVerdict = 'current' | 'older' | 'wrong';

/** The token of a claim link: 43 characters of base64url. Derived, so that no database holds a link. */
export function claimToken(key: ClaimKey, input: ClaimTokenInput): string {
  return digest(key, input).toString('base64url');
}

/**
 * Judges a presented token in constant time per generation. Older generations are recognised, at most the last 50 of
 * them, so that an old mail can say that a newer link was sent; they open nothing.
 */
export function checkClaimToken(
  keys: readonly ClaimKey[],
  presented: string,
  current: ClaimTokenInput,
): ClaimTokenVerdict {
  const given = tokenBytes(presented);
  if (given === undefined) return 'wrong';
  const oldest = Math.max(1, current.generation - 50);
  for (let generation = current.generation; generation >= oldest; generation -= 1) {
    for (const key of keys) {
      if (timingSafeEqual(given, digest(key, { ...current, generation }))) {
        return generation === current.generation ? 'current' : 'older';
      }
    }
  }
  return 'wrong';
}

/** Fields are length-prefixed: no two different inputs can spell the same text. */
function digest(key: ClaimKey, { issuer, awardId, generation }: ClaimTokenInput): Buffer {
  const hmac = createHmac('sha256', key.bytes).update('seek-pass-kit claim token v1');
  for (const field of [issuer, awardId, String(generation)]) {
    const bytes = Buffer.from(field, 'utf8');
    hmac.update(`:${bytes.length}:`).update(bytes);
  }
  return hmac.digest();
}
