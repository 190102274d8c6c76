import { openSealed, seal } from '../keys/seal.ts';
import type { AwardRow } from '../store/rows.ts';
import type { ClaimSecrets } from './claim-secrets.ts';
import { sentGeneration } from './link-pass.ts';

/**
 * What the cookie says of somebody whom the host's sign-in proved on the way in. It is stored nowhere, so that a GET may give it (security
 * rule 4), and is worth nothing by itself: every page and the POST ask the host again.
 */
export interface HostSession {
  readonly awardId: string;
  readonly recipientId: string;
  readonly generation: number;
  /** In milliseconds since the epoch. */
  readonly provedAt: number;
}

/** What such a value starts with: the ids of stored sessions have no dot. */
const prefix = 'h.';

/** Whether a cookie may hold one. */
export function isHostSession(value: string): boolean {
  return value.startsWith(prefix) && /^[A-Za-z0-9_-]{1,400}$/.test(value.slice(prefix.length));
}

/** The session of whoever is proved for this award right now, as the value of a cookie. No two are the same. */
export function sealHostSession(secrets: readonly ClaimSecrets[], award: AwardRow, now: number): string {
  const [newest] = secrets;
  if (newest === undefined) throw new Error('An add flow without a claim key cannot start.');
  const { id: awardId, recipientId, issuer } = award;
  const session: HostSession = { awardId, recipientId, generation: sentGeneration(award), provedAt: now };
  const bytes = seal(newest.pass, Buffer.from(JSON.stringify(session)), placeOf(issuer));
  return prefix + Buffer.from(bytes).toString('base64url');
}

/** What a cookie says; `undefined` when we did not seal it. */
export function openHostSession(
  secrets: readonly ClaimSecrets[],
  issuer: string,
  value: string,
): HostSession | undefined {
  const sealed = Buffer.from(value.slice(prefix.length), 'base64url');
  for (const { pass: key } of secrets) {
    try {
      return JSON.parse(Buffer.from(openSealed(key, sealed, placeOf(issuer))).toString()) as HostSession;
    } catch {
      // Sealed with another of the claim keys, or not by us at all.
    }
  }
  return undefined;
}

function placeOf(issuer: string) {
  return { issuer, row: 'host', column: 'claim_session_cookie' };
}
