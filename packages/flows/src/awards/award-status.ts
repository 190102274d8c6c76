import type { FlowContext } from '../flow-context.ts';
import { lookupHash } from '../keys/lookup-hash.ts';
import type { HistoryRow } from '../store/rows.ts';
import { type AwardStanding, isHeld, standingOf } from './award-facts.ts';

/** Where an award stands, with everything that happened to it. Nothing personal: the host knows its key. */
export interface AwardStatus extends AwardStanding {
  readonly awardId: string;
  readonly version: number;
  readonly credentialType: string;
  readonly createdAt: number;
  /** Its recipient was changed: nobody can claim it before, in milliseconds since the epoch. Absent once that is past. */
  readonly heldUntil?: number;
  /** Oldest first. */
  readonly history: readonly HistoryRow[];
}

/** Where the award of a business key stands, in its newest version. */
export async function awardStatus(context: FlowContext, key: string): Promise<AwardStatus | undefined> {
  const { issuer, lookupKey, store, clock } = context;
  const [award] = await store.read.awardsByKey(issuer, [lookupHash(lookupKey, issuer, 'business_key', key)]);
  if (award === undefined) return undefined;
  const { heldUntil } = award.facts;
  return {
    awardId: award.id,
    version: award.version,
    credentialType: award.credentialType,
    createdAt: award.createdAt,
    ...standingOf(award.facts),
    ...(heldUntil !== undefined && isHeld(award.facts, clock.now()) ? { heldUntil } : {}),
    history: await store.read.history(issuer, award.id),
  };
}
