import type { StoreTransaction } from '../store/ports.ts';
import type { RecipientRow } from '../store/rows.ts';

/** Of the addresses of those who were erased: where somebody else gets mail, once for each of them. */
export async function addressesOfOthers(
  tx: StoreTransaction,
  issuer: string,
  erased: readonly RecipientRow[],
): Promise<Uint8Array[]> {
  const others = await tx.recipientsByEmail(
    issuer,
    erased.map(({ emailHash }) => emailHash),
  );
  return others.map(({ emailHash }) => emailHash);
}

/** Where nobody is left, nobody needs to know what the address did not want. Says how many notes there were. */
export async function removeMutes(
  tx: StoreTransaction,
  issuer: string,
  erased: readonly RecipientRow[],
  sharedAddresses: readonly Uint8Array[],
): Promise<number> {
  const shared = new Set(sharedAddresses.map(nameOf));
  const left = new Map(erased.map(({ emailHash }) => [nameOf(emailHash), emailHash]));
  let removed = 0;
  for (const [name, emailHash] of left) {
    if (shared.has(name)) continue;
    for (const { mutes } of await tx.mutesOf(issuer, emailHash)) {
      await tx.deleteMute(issuer, emailHash, mutes);
      removed += 1;
    }
  }
  return removed;
}

function nameOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex');
}
