import { randomBytes } from 'node:crypto';
import { type ErasedPart, withErased } from '../awards/award-facts.ts';
import type { FlowContext } from '../flow-context.ts';
import { freshBytes } from '../keys/fresh-bytes.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { AwardRow, RecipientRow } from '../store/rows.ts';

/** A recipient who is to be erased, with everything of theirs, locked. */
export interface LockedRecipient {
  readonly row: RecipientRow;
  readonly awards: readonly AwardRow[];
}

/** What is erased, and as the history of the awards says it. */
export interface ErasureNote {
  readonly id: string;
  readonly part: ErasedPart;
  /** A reason of a fixed list. */
  readonly why: string;
  readonly who: string;
  readonly at: number;
}

/** What went with a recipient. */
export interface ErasedRecipient {
  readonly mails: number;
  readonly claimSessions: number;
  readonly documents: number;
}

/**
 * Destroys the key of a recipient and everything that is stored of them. Their awards go to a row of nobody, sealed anew under a key of
 * its own, or emptied: so no copy of what was here before opens with anything that is stored from now on, and nothing leads from a
 * person to the record.
 */
export async function eraseRecipient(
  context: FlowContext,
  tx: StoreTransaction,
  { row, awards }: LockedRecipient,
  note: ErasureNote,
): Promise<ErasedRecipient> {
  const { issuer } = context;
  const documents = await tx.deleteDocumentsOfRecipient(issuer, row.id);
  await handToNobody(context, tx, { row, awards }, note);
  const codes = awards.map(({ id }) => tx.deleteClaimCode(issuer, id));
  const history = tx.appendHistory(
    awards.map(({ id: awardId }) => ({
      issuer,
      awardId,
      at: note.at,
      who: note.who,
      what: 'erased',
      why: `${note.part.replace('_', ' ')}, ${note.why}, erasure ${note.id}`,
      payloadHash: null,
    })),
  );
  await Promise.all([...codes, history]);
  return { ...(await tx.removeRecipient(issuer, row.id)), documents };
}

async function handToNobody(
  { issuer, records }: FlowContext,
  tx: StoreTransaction,
  { row, awards }: LockedRecipient,
  { part }: ErasureNote,
): Promise<void> {
  if (awards.length === 0) return;
  const id = freshBytes(16).toString('base64url');
  const everything = part === 'everything';
  const { dataKey, wrappedKey, keyId } = await records.newDataKey(issuer, id);
  const formerKey = everything ? undefined : await records.dataKeyOf(row);
  const sealAnew = (award: AwardRow): Uint8Array =>
    formerKey === undefined
      ? new Uint8Array()
      : records.sealAward(dataKey, issuer, award.id, records.openAward(formerKey, award));
  await tx.insertRecipients([
    {
      issuer,
      id,
      emailHash: randomBytes(32),
      subjectHash: null,
      wrappedKey: everything ? null : wrappedKey,
      keyId,
      sealedPerson: new Uint8Array(),
      createdAt: row.createdAt,
    },
  ]);
  await tx.handAwards(
    awards.map((award) => ({
      ...award,
      recipientId: id,
      sealedCredential: sealAnew(award),
      generation: award.generation + 1,
      facts: withErased(award.facts, part),
    })),
  );
}
