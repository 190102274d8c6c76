import { hkdfSync } from 'node:crypto';
import type { ClaimKey } from './claim-key.ts';

/** Keys of the claim pages, each for one use, derived from a claim key: nothing else is to be configured or backed up. */
export interface ClaimSecrets {
  /** Seals the cookie of an opened link. */
  readonly pass: Uint8Array;
  readonly csrf: Uint8Array;
  /** Of mailed codes. */
  readonly code: Uint8Array;
  /** Of network addresses in the counters of limits. */
  readonly address: Uint8Array;
}

/** The keys of every claim key, newest first. Deriving takes a moment: do it once. */
export function deriveClaimSecrets(issuer: string, claimKeys: readonly ClaimKey[]): ClaimSecrets[] {
  return claimKeys.map(({ bytes }) => {
    const derive = (use: string) =>
      new Uint8Array(hkdfSync('sha256', bytes, issuer, `seek-pass-kit claim pages v1 ${use}`, 32));
    return {
      pass: derive('pass'),
      csrf: derive('csrf'),
      code: derive('code'),
      address: derive('address'),
    };
  });
}
