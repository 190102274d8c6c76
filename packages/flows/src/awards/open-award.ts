import type { FlowContext } from '../flow-context.ts';
import type { StoreReads } from '../store/ports.ts';
import type { AwardRow } from '../store/rows.ts';
import { RecipientErased, type SealedAward } from './sealed-records.ts';

/** Opens what an award holds. `undefined`: its recipient was erased. */
export async function openAward(
  { issuer, records }: Pick<FlowContext, 'issuer' | 'records'>,
  reads: Pick<StoreReads, 'recipient'>,
  award: AwardRow,
): Promise<SealedAward | undefined> {
  const recipient = await reads.recipient(issuer, award.recipientId);
  if (recipient === undefined) throw new Error(`Award ${award.id} has no recipient in the store.`);
  try {
    return records.openAward(await records.dataKeyOf(recipient), award);
  } catch (error) {
    if (error instanceof RecipientErased) return undefined;
    throw error;
  }
}
