import { createHash, randomBytes } from 'node:crypto';
import type { StoreTransaction } from '../store/ports.ts';
import type { AwardRow, ClaimSessionRow } from '../store/rows.ts';
import type { ClaimDesk, Visit } from './claim-desk.ts';
import type { NewCookie } from './cookies.ts';
import { isHostSession, openHostSession, sealHostSession } from './host-session.ts';
import { sentGeneration } from './link-pass.ts';
import { type ProofKind, proofKindOf } from './proof-kind.ts';

/** How long a proof counts in its browser. */
export const sessionLifeMs = 30 * 60_000;

/** A browser in which the recipient of an award was proved, or has still to answer for facts. */
export interface ClaimSession {
  /** As in the cookie. */
  readonly id: string;
  readonly row: ClaimSessionRow;
  /** The one whose link was opened. */
  readonly award: AwardRow;
}

/** The id in the session cookie of a request; nothing is known of it yet. */
export function sessionIdOf({ desk, request }: Visit): string | undefined {
  const id = desk.cookies.read(request, cookieName(desk));
  return id !== undefined && (/^[A-Za-z0-9_-]{43}$/.test(id) || isHostSession(id)) ? id : undefined;
}

/** The session of a request, unless it is over: by time, or since the link behind it was replaced or went to somebody else. */
export async function findSession(visit: Visit): Promise<ClaimSession | undefined> {
  const { issuer, store, clock } = visit.desk.context;
  const id = sessionIdOf(visit);
  if (id === undefined) return undefined;
  const row = isHostSession(id)
    ? hostSessionRow(visit.desk, id)
    : await store.read.claimSession(issuer, hashOf(id));
  if (row === undefined || row.expiresAt <= clock.now()) return undefined;
  const award = await store.read.award(issuer, row.awardId);
  if (award === undefined || award.recipientId !== row.recipientId) return undefined;
  return sentGeneration(award) === row.generation ? { id, row, award } : undefined;
}

/** Whether everything that proves the recipient was given. */
export function isProved({ row }: ClaimSession): boolean {
  return row.provedAt !== null;
}

/**
 * Whether a proof holds for an award: any of the same recipient, as long as the settings want no other proof for it; that of the link
 * alone for its own award only.
 */
export function holdsFor({ rules }: ClaimDesk, { row }: ClaimSession, award: AwardRow): boolean {
  if (award.recipientId !== row.recipientId) return false;
  const wanted = proofKindOf(rules, award);
  if (row.provedBy === 'link') return wanted === 'link' && award.id === row.awardId;
  if (row.provedBy === 'host' && rules.handoff !== undefined) return true;
  return wanted === 'link' || wanted === row.provedBy;
}

/** What a new session is about. */
export interface ProvedClaim {
  readonly award: AwardRow;
  /** Of the link that was opened. */
  readonly generation: number;
  readonly provedBy: ProofKind;
  /** Facts are still to be asked for. */
  readonly pending: boolean;
}

/**
 * A new session, always with a new id: one that somebody planted before the proof is worth nothing after it (security rule 7). Its cookie
 * goes to this browser, `put` into the transaction of the proof; the session before it ends there.
 */
export function newSession(
  visit: Visit,
  { award, generation, provedBy, pending }: ProvedClaim,
): { readonly cookie: NewCookie; readonly put: (tx: StoreTransaction) => Promise<void> } {
  const { desk } = visit;
  const { issuer, clock } = desk.context;
  const id = randomBytes(32).toString('base64url');
  const now = clock.now();
  const former = sessionIdOf(visit);
  const row: ClaimSessionRow = {
    issuer,
    idHash: hashOf(id),
    awardId: award.id,
    recipientId: award.recipientId,
    generation,
    provedAt: pending ? null : now,
    provedBy,
    expiresAt: now + sessionLifeMs,
  };
  return {
    cookie: { name: cookieName(desk), value: id, maxAgeSeconds: sessionLifeMs / 1_000 },
    async put(tx) {
      if (former !== undefined) await tx.deleteClaimSession(issuer, hashOf(former));
      await tx.putClaimSession(row);
    },
  };
}

/**
 * The cookie of somebody whom the host's sign-in proves for this award now, without facts to ask for. Nothing is stored: the host is asked
 * again by every page that it opens.
 */
export function hostSessionCookie(desk: ClaimDesk, award: AwardRow): NewCookie {
  const value = sealHostSession(desk.secrets, award, desk.context.clock.now());
  return { name: cookieName(desk), value, maxAgeSeconds: sessionLifeMs / 1_000 };
}

/** Ends the session of a request. The cookie that comes back removes it from the browser. */
export async function endSession(visit: Visit): Promise<NewCookie> {
  const { issuer, store } = visit.desk.context;
  const id = sessionIdOf(visit);
  if (id !== undefined) await store.transaction((tx) => tx.deleteClaimSession(issuer, hashOf(id)));
  return { name: cookieName(visit.desk), maxAgeSeconds: 0 };
}

/** A session of the host's sign-in as if it were stored. */
function hostSessionRow({ context, secrets }: ClaimDesk, id: string): ClaimSessionRow | undefined {
  const { issuer } = context;
  const session = openHostSession(secrets, issuer, id);
  if (session === undefined) return undefined;
  const expiresAt = session.provedAt + sessionLifeMs;
  return { issuer, idHash: hashOf(id), ...session, provedBy: 'host', expiresAt };
}

function cookieName({ context }: ClaimDesk): string {
  return `claim-session-${context.issuer}`;
}

/** The id has 256 random bits: a plain hash tells nothing about it. */
function hashOf(id: string): Uint8Array {
  return createHash('sha256').update(id).digest();
}
