import { randomBytes } from 'node:crypto';
import { openSealed, seal } from '../keys/seal.ts';
import type { AwardRow } from '../store/rows.ts';
import type { ClaimSecrets } from './claim-secrets.ts';

/** How long an opened link stays open in its browser without the link, in milliseconds (security rule 5). */
export const passLifeMs = 30 * 60_000;

/** That a browser opened the claim link of an award: held by a sealed cookie, stored nowhere. */
export interface LinkPass {
  readonly awardId: string;
  /** Of the link that was opened. */
  readonly generation: number;
  /** Tells this browser from another with the same link: codes are bound to it. */
  readonly browser: string;
  readonly issuedAt: number;
  /** When a code was asked for in this browser. */
  readonly codeMailedAt?: number;
}

/** The pass of a link that was opened right now. */
export function newPass(award: Pick<AwardRow, 'id'>, generation: number, now: number): LinkPass {
  return {
    awardId: award.id,
    generation,
    browser: randomBytes(16).toString('base64url'),
    issuedAt: now,
  };
}

/** The value of the cookie that holds a pass. */
export function sealPass(secrets: readonly ClaimSecrets[], issuer: string, pass: LinkPass): string {
  const [newest] = secrets;
  if (newest === undefined) throw new Error('An add flow without a claim key cannot start.');
  const { awardId, ...content } = pass;
  const bytes = seal(newest.pass, Buffer.from(JSON.stringify(content)), placeOf(issuer, awardId));
  return Buffer.from(bytes).toString('base64url');
}

/** The pass in a cookie; `undefined` when it is not ours, of another award or issuer, damaged or too old. */
export function openPass(
  secrets: readonly ClaimSecrets[],
  issuer: string,
  awardId: string,
  cookie: string,
  now: number,
): LinkPass | undefined {
  // The longest that sealPass makes has some 200 characters.
  if (cookie.length > 400) return undefined;
  const sealed = Buffer.from(cookie, 'base64url');
  for (const { pass: key } of secrets) {
    try {
      const plain = openSealed(key, sealed, placeOf(issuer, awardId));
      const content = JSON.parse(Buffer.from(plain).toString()) as Omit<LinkPass, 'awardId'>;
      return now - content.issuedAt < passLifeMs ? { awardId, ...content } : undefined;
    } catch {
      // Sealed with another of the claim keys, or not by us at all.
    }
  }
  return undefined;
}

/**
 * The generation whose link is the newest that was sent. A withdrawal raises the generation without sending a link: before the proof its
 * recipient sees what every recipient sees, and reads the truth after it.
 */
export function sentGeneration({ generation, facts }: Pick<AwardRow, 'generation' | 'facts'>): number {
  return facts.linkClosure === 'withdrawn' ? generation - 1 : generation;
}

function placeOf(issuer: string, awardId: string) {
  return { issuer, row: awardId, column: 'claim_cookie' };
}
