import type { StoreTransaction } from '../store/ports.ts';
import type { RecipientRow } from '../store/rows.ts';
import type { LockedRecipient } from './erase-recipient.ts';

/** Nobody changes these awards until the end. Their number does not grow: with `lockErasures`, who awards waits. */
export async function lockRecipient(tx: StoreTransaction, row: RecipientRow): Promise<LockedRecipient> {
  const { issuer, id } = row;
  const listed = await tx.awardsOfRecipient(issuer, id);
  const locked = await Promise.all(listed.map((award) => tx.lockAward(issuer, award.id)));
  return { row, awards: locked.filter((award) => award !== undefined) };
}
