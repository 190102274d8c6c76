import { personHash } from '../awards/recipient-identity.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { LockedRecipient } from './erase-recipient.ts';

/** Whose data goes, and who stays. */
interface Suppressed {
  readonly issuer: string;
  readonly erasureId: string;
  readonly at: number;
  readonly erased: readonly LockedRecipient[];
  /** Addresses at which somebody else stays. */
  readonly sharedAddresses: readonly Uint8Array[];
}

/** Keeps these people and their awards from being awarded again. Says how many hashes there are. */
export async function suppressPeople(tx: StoreTransaction, suppressed: Suppressed): Promise<number> {
  const { issuer, erased, sharedAddresses } = suppressed;
  const shared = new Set(sharedAddresses.map(nameOf));
  const ofPeople = erased
    // The record of somebody who was erased before names nobody.
    .filter(({ row }) => row.sealedPerson.length > 0)
    .flatMap(({ row }) => [
      personHash(row.id),
      ...(shared.has(nameOf(row.emailHash)) ? [] : [row.emailHash]),
      ...(row.subjectHash === null ? [] : [row.subjectHash]),
    ]);
  return suppress(tx, suppressed, [...ofPeople, ...(await ownKeys(tx, issuer, erased))]);
}

/** Keeps the awards from being issued again by an import that still has them; the people may be awarded something else. */
export async function suppressAwards(tx: StoreTransaction, suppressed: Suppressed): Promise<number> {
  return suppress(tx, suppressed, await ownKeys(tx, suppressed.issuer, suppressed.erased));
}

async function suppress(
  tx: StoreTransaction,
  { issuer, erasureId, at }: Suppressed,
  hashes: readonly Uint8Array[],
): Promise<number> {
  const distinct = [...new Map(hashes.map((hash) => [nameOf(hash), hash])).values()];
  await tx.putSuppressions(distinct.map((hash) => ({ issuer, hash, erasureId, at })));
  return distinct.length;
}

/** Of the keys whose newest version is theirs: what went to somebody else since is that person's. */
async function ownKeys(
  tx: StoreTransaction,
  issuer: string,
  erased: readonly LockedRecipient[],
): Promise<Uint8Array[]> {
  const ids = new Set(erased.flatMap(({ awards }) => awards.map(({ id }) => id)));
  const keys = erased.flatMap(({ awards }) => awards.map(({ keyHash }) => keyHash));
  const newest = await tx.awardsByKey(issuer, keys);
  return newest.filter(({ id }) => ids.has(id)).map(({ keyHash }) => keyHash);
}

function nameOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex');
}
