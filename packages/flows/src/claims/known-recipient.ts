import type { Recipient } from '../awards/recipient.ts';
import type { FlowContext } from '../flow-context.ts';
import type { RecipientRow } from '../store/rows.ts';

/** A recipient whose record was opened. */
export interface KnownRecipient {
  readonly row: RecipientRow;
  readonly person: Recipient;
  readonly dataKey: Uint8Array;
}

/** Opens the record of a recipient; `undefined` when the person was erased. */
export async function knownRecipient(
  { issuer, store, records }: FlowContext,
  recipientId: string,
): Promise<KnownRecipient | undefined> {
  const row = await store.read.recipient(issuer, recipientId);
  if (row === undefined || row.wrappedKey === null || row.sealedPerson.length === 0) return undefined;
  const dataKey = await records.dataKeyOf(row);
  return { row, person: records.openPerson(dataKey, row), dataKey };
}
