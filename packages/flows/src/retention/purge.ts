import { decideAnew } from '../awards/decide-anew.ts';
import { eraseRecipient, type ErasureNote, type LockedRecipient } from '../erasure/erase-recipient.ts';
import { holdsOn } from '../erasure/holds.ts';
import { lockRecipient } from '../erasure/lock-recipient.ts';
import { addressesOfOthers, removeMutes } from '../erasure/remove-mutes.ts';
import { suppressAwards } from '../erasure/suppress.ts';
import type { FlowContext } from '../flow-context.ts';
import { freshBytes } from '../keys/fresh-bytes.ts';
import { learnCurrentKey } from '../keys/retired-keys.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { RecipientRow } from '../store/rows.ts';
import { cutoffOf, cutoffsOf, isRecordOfNobody } from './retention-cutoffs.ts';

/** What came of those whose time was over. */
interface Purged {
  readonly recipients: number;
  /** Kept because of a hold. */
  readonly held: number;
}

/**
 * Erases, in one transaction, those of these recipients whose time is over still. A hold keeps its person. What they had is not awarded
 * again by an import that still has it; they themselves may be awarded something else.
 */
export async function purge(context: FlowContext, rows: readonly RecipientRow[]): Promise<Purged> {
  if (rows.length === 0) return { recipients: 0, held: 0 };
  await context.records.refreshKeys();
  return decideAnew(context.store, async (tx) => {
    await tx.lockErasures(context.issuer);
    await learnCurrentKey(context.issuer, context.records.keys, tx);
    let held = 0;
    const people: LockedRecipient[] = [];
    for (const { id } of rows) {
      const one = await stillPast(context, tx, id);
      if (one === undefined) continue;
      if ((await holdsOn(tx, context.issuer, [one])).length > 0) held += 1;
      else people.push(one);
    }
    const records = people.filter(({ row }) => isRecordOfNobody(row));
    const others = people.filter(({ row }) => !isRecordOfNobody(row));
    await purgePart(context, tx, others, 'delivery_data');
    await purgePart(context, tx, records, 'everything');
    return { recipients: people.length, held };
  });
}

/** Between the look of the run and this lock a learner may have come. */
async function stillPast(
  { issuer, retention, clock }: FlowContext,
  tx: StoreTransaction,
  recipientId: string,
): Promise<LockedRecipient | undefined> {
  const row = await tx.recipient(issuer, recipientId);
  if (row === undefined || row.wrappedKey === null) return undefined;
  const locked = await lockRecipient(tx, row);
  const cutoffs = cutoffsOf(retention, clock.now());
  for (const award of locked.awards) {
    const last = (await tx.history(issuer, award.id)).at(-1)?.at ?? award.createdAt;
    if (last > cutoffOf(award, isRecordOfNobody(row), cutoffs)) return undefined;
  }
  return locked;
}

async function purgePart(
  context: FlowContext,
  tx: StoreTransaction,
  people: readonly LockedRecipient[],
  part: ErasureNote['part'],
): Promise<void> {
  if (people.length === 0) return;
  const { issuer, clock, records } = context;
  const at = clock.now();
  const note: ErasureNote = {
    id: freshBytes(16).toString('base64url'),
    part,
    why: 'retention rule',
    who: 'system',
    at,
  };
  const rows = people.map(({ row }) => row);
  const awards = people.flatMap((person) => person.awards);
  const keyIds = [...new Set([...records.keyIds, ...rows.map(({ keyId }) => keyId)])];
  for (const person of people) await eraseRecipient(context, tx, person, note);
  await removeMutes(tx, issuer, rows, await addressesOfOthers(tx, issuer, rows));
  await suppressAwards(tx, { issuer, erasureId: note.id, at, erased: people, sharedAddresses: [] });
  await tx.insertErasure({
    issuer,
    id: note.id,
    at,
    who: 'system',
    part,
    reason: 'retention_rule',
    legalBasis: part === 'everything' ? 'no_longer_needed' : null,
    keyIds,
    keysDroppedAt: null,
    recipients: people.length,
    awards: awards.length,
  });
  const what = `${part.replace('_', ' ')} of ${people.length} recipients and ${awards.length} awards`;
  await tx.appendAudit([
    { issuer, at, who: 'system', what: 'purged', about: `erasure:${note.id}`, why: what },
  ]);
}
