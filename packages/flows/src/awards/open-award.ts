import type { FlowContext } from '../flow-context.ts';
import type { AwardRow, RecipientRow } from '../store/rows.ts';
import { RecipientErased, type SealedAward } from './sealed-records.ts';

/** Opens what an award of this recipient holds. `undefined`: the person was erased. */
export async function openAward(
  { records }: Pick<FlowContext, 'records'>,
  recipient: RecipientRow | undefined,
  award: AwardRow,
): Promise<SealedAward | undefined> {
  if (recipient === undefined) throw new Error(`Award ${award.id} has no recipient in the store.`);
  try {
    return records.openAward(await records.dataKeyOf(recipient), award);
  } catch (error) {
    if (error instanceof RecipientErased) return undefined;
    throw error;
  }
}
