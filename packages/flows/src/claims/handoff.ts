import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isAwardId } from '../awards/claim-link.ts';
import { isLinkClosed } from '../awards/award-facts.ts';
import { subjectHash } from '../awards/recipient-identity.ts';
import type { FlowContext } from '../flow-context.ts';

/** How long a handoff waits for its browser, in milliseconds. */
export const handoffLifeMs = 60_000;

/** That the host has somebody signed in who goes on to the claim pages with one browser, once. */
export interface HandoffRow {
  readonly issuer: string;
  /** Of the secret in the address: 32 bytes. The secret itself is stored nowhere. */
  readonly idHash: Uint8Array;
  readonly awardId: string;
  /** Of the person, 32 bytes, as the recipient's row has it. */
  readonly subjectHash: Uint8Array;
  readonly expiresAt: number;
}

/** Where a host keeps handoffs, for all processes that serve claim pages. */
export interface HandoffStore {
  put(row: HandoffRow): Promise<void>;
  /** Takes a handoff away and gives it, to one caller of all: of two at once the other gets `undefined`. Also when it has expired. */
  take(issuer: string, idHash: Uint8Array): Promise<HandoffRow | undefined>;
}

/** Who goes to the page of which award. The host has this person signed in right now. */
export interface HandoffRequest {
  readonly awardId: string;
  /** The host's own stable id, of whoever is signed in: never take it from what a browser sent. */
  readonly subject: string;
}

/** `not_theirs`: there is no such award, it is somebody else's, or its link was closed. Which of these is not said. */
export type HandoffResult =
  | {
      readonly outcome: 'handed_over';
      /** Opens once, within a minute. Only for the browser of this person: it goes into no log, mail or list. */
      readonly url: string;
      readonly expiresAt: number;
    }
  | { readonly outcome: 'not_theirs' };

/**
 * Hands over somebody whom the host has signed in by other means than a cookie that claim pages could read, such as a bearer token: gives an
 * address that proves them, once, in the browser that goes on from there. It needs claim pages with `handoff` over the same store.
 */
export async function handOver(
  context: FlowContext,
  handoffs: Pick<HandoffStore, 'put'>,
  { awardId, subject }: HandoffRequest,
): Promise<HandoffResult> {
  const { issuer, store, clock, claimBaseUrl } = context;
  const award = isAwardId(awardId) ? await store.read.award(issuer, awardId) : undefined;
  if (award === undefined || isLinkClosed(award.facts)) return { outcome: 'not_theirs' };
  const recipient = await store.read.recipient(issuer, award.recipientId);
  const hash = subjectHash(context, subject);
  const stored = recipient?.subjectHash ?? null;
  if (stored === null || !timingSafeEqual(stored, hash)) return { outcome: 'not_theirs' };
  const secret = randomBytes(32).toString('base64url');
  const expiresAt = clock.now() + handoffLifeMs;
  await handoffs.put({ issuer, idHash: hashOfSecret(secret), awardId, subjectHash: hash, expiresAt });
  return { outcome: 'handed_over', url: `${claimBaseUrl}/handoff/${secret}`, expiresAt };
}

/** The secret has 256 random bits: a plain hash tells nothing about it. */
export function hashOfSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}

/** Whether a text may be the secret of a handoff. */
export function isHandoffSecret(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}
