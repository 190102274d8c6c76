import { decideAnew } from '../awards/decide-anew.ts';
import type { FlowContext } from '../flow-context.ts';
import type { StoreReads } from '../store/ports.ts';
import type { LockedRecipient } from './erase-recipient.ts';
import type { HoldInTheWay } from './erasure-report.ts';
import type { HoldReason } from './erasure-reasons.ts';
import { hashOf, type Whose } from './whose.ts';

/** Whose data must not be erased for now, why, and who says so (the host's id of a member of staff). */
export interface Hold {
  readonly of: Whose;
  readonly reason: HoldReason;
  readonly who: string;
}

/**
 * Keeps people or an award from being erased, be it by a person or by a rule, until the hold is lifted. Nobody has to be on record yet.
 * A second hold on the same replaces the first.
 */
export function placeHold(context: FlowContext, { of, reason, who }: Hold): Promise<void> {
  const { issuer, store, clock } = context;
  const hash = hashOf(context, of);
  const at = clock.now();
  return decideAnew(store, async (tx) => {
    await tx.lockErasures(issuer);
    await tx.putHold({ issuer, hash, reason, at, who });
    await tx.appendAudit([{ issuer, at, who, what: 'hold_placed', about: aboutOf(hash), why: reason }]);
  });
}

/** Lets them be erased again. `not_held`: there is no hold on this. */
export function liftHold(
  context: FlowContext,
  { of, who }: Pick<Hold, 'of' | 'who'>,
): Promise<'lifted' | 'not_held'> {
  const { issuer, store, clock } = context;
  const hash = hashOf(context, of);
  return decideAnew(store, async (tx) => {
    await tx.lockErasures(issuer);
    if (!(await tx.deleteHold(issuer, hash))) return 'not_held';
    const at = clock.now();
    await tx.appendAudit([{ issuer, at, who, what: 'hold_lifted', about: aboutOf(hash), why: null }]);
    return 'lifted';
  });
}

/** The holds on any of these people or their awards, and on what they were named by. */
export async function holdsOn(
  reads: StoreReads,
  issuer: string,
  people: readonly LockedRecipient[],
  named?: { readonly on: HoldInTheWay['on']; readonly hash: Uint8Array },
): Promise<HoldInTheWay[]> {
  const kinds = new Map<string, HoldInTheWay['on']>();
  if (named !== undefined) kinds.set(nameOf(named.hash), named.on);
  for (const { row, awards } of people) {
    kinds.set(nameOf(row.emailHash), 'email');
    if (row.subjectHash !== null) kinds.set(nameOf(row.subjectHash), 'subject');
    for (const { keyHash } of awards) kinds.set(nameOf(keyHash), 'key');
  }
  const hashes = [...kinds.keys()].map((name) => Buffer.from(name, 'hex'));
  const found = hashes.length === 0 ? [] : await reads.holds(issuer, hashes);
  return found.map(({ hash, reason, at, who }) => ({
    on: kinds.get(nameOf(hash)) ?? 'key',
    reason: reason as HoldReason,
    at,
    who,
  }));
}

/** Enough of the keyed hash to tell holds apart, and to find the line again. */
function aboutOf(hash: Uint8Array): string {
  return `hold:${nameOf(hash).slice(0, 16)}`;
}

function nameOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex');
}
