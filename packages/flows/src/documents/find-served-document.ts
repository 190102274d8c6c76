import { timingSafeEqual } from 'node:crypto';
import { RecipientErased } from '../awards/sealed-records.ts';
import type { FlowContext } from '../flow-context.ts';
import type { DocumentRow } from '../store/documents.ts';
import type { AwardRow } from '../store/rows.ts';
import { documentTokenHash } from './document-delivery.ts';
import { openDocument, openUrl } from './sealed-document.ts';

/** A document that may be fetched now. */
export interface ServedDocument {
  readonly document: DocumentRow;
  readonly attempt: number;
  /** `undefined`: it was deleted a moment ago. */
  readonly open: () => Promise<Uint8Array | undefined>;
}

/**
 * The document that a token leads to, while its submission is open: not after SEEK Pass said what became of it or its 48 hours are over, not
 * of an award that was withdrawn, be it in a later version, or a person who was erased.
 */
export async function findServedDocument(
  context: FlowContext,
  token: string,
): Promise<ServedDocument | undefined> {
  const { issuer, store, records, seekPass } = context;
  const link = await store.read.documentLink(issuer, documentTokenHash(context, token));
  if (link === undefined || link.endsAt <= seekPass.now()) return undefined;
  const { awardId, attempt } = link;
  const [award, document] = await Promise.all([
    store.read.award(issuer, awardId),
    store.read.document(issuer, awardId),
  ]);
  if (award === undefined || document === undefined || (await isWithdrawn(context, award))) return undefined;
  const submission = award.facts.submissions.find((fact) => fact.attempt === attempt);
  if (submission?.outcome !== 'open') return undefined;
  const recipient = await store.read.recipient(issuer, award.recipientId);
  if (recipient === undefined) return undefined;
  let dataKey: Uint8Array;
  try {
    dataKey = await records.dataKeyOf(recipient);
  } catch (error) {
    if (error instanceof RecipientErased) return undefined;
    throw error;
  }
  // A row that was put there by somebody who can write to the database, and has no key, leads nowhere.
  if (!isSame(openUrl(dataKey, link).slice(-token.length), token)) return undefined;
  return {
    document,
    attempt,
    async open() {
      const sealedBytes = await store.read.documentBytes(issuer, awardId);
      return sealedBytes === undefined ? undefined : openDocument(dataKey, award, sealedBytes);
    },
  };
}

/** Whether an award was withdrawn, or a later version of it: that one is all that staff can withdraw. */
async function isWithdrawn({ issuer, store }: FlowContext, award: AwardRow): Promise<boolean> {
  if (award.facts.linkClosure !== 'superseded') return award.facts.linkClosure === 'withdrawn';
  const versions = await store.read.awardVersions(issuer, award.keyHash);
  return versions.some(({ version, facts }) => version > award.version && facts.linkClosure === 'withdrawn');
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
