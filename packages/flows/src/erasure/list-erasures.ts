import type { FlowContext } from '../flow-context.ts';
import type { ErasureRow } from '../store/erasures.ts';
import { type ErasureStanding, standingOfErasure } from './erasure-standing.ts';

/** An erasure, or one run of the retention rules, and how far it has come. */
export type ErasureWithStanding = Omit<ErasureRow, 'issuer' | 'keyIds' | 'keysDroppedAt'> & ErasureStanding;

/** The last erasures, newest first. They name nobody. */
export async function listErasures(
  { issuer, store, clock, keyBackupDays }: FlowContext,
  limit: number,
): Promise<ErasureWithStanding[]> {
  const rows = await store.read.erasures(issuer, limit);
  return rows.map(({ id, at, who, part, reason, legalBasis, recipients, awards, ...keys }) => ({
    id,
    at,
    who,
    part,
    reason,
    legalBasis,
    recipients,
    awards,
    ...standingOfErasure(keys, keyBackupDays, clock.now()),
  }));
}
