import type { SealedAward } from '../awards/sealed-records.ts';
import type { FlowContext } from '../flow-context.ts';
import type { StoreReads } from '../store/ports.ts';
import type { AwardRow, RecipientRow } from '../store/rows.ts';
import type { AwardFile } from './award-file.ts';
import { openDocument } from './sealed-document.ts';

/** The file of an award, opened; `undefined` when it came without, `gone` when it was deleted since. */
export async function storedFile(
  { records, issuer }: FlowContext,
  reads: StoreReads,
  recipient: RecipientRow,
  award: AwardRow,
  { file }: SealedAward,
): Promise<AwardFile | 'gone' | undefined> {
  if (file === undefined) return undefined;
  const sealedBytes = await reads.documentBytes(issuer, award.id);
  if (sealedBytes === undefined) return 'gone';
  const dataKey = await records.dataKeyOf(recipient);
  return { type: file.type, bytes: openDocument(dataKey, award, sealedBytes) };
}
