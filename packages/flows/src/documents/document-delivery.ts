import { attemptMarginMs, ConfigurationError, type Credential, submissionLifeMs } from '@seek-pass-kit/core';
import type { SealedAward } from '../awards/sealed-records.ts';
import type { FlowContext } from '../flow-context.ts';
import { freshBytes } from '../keys/fresh-bytes.ts';
import { lookupHash } from '../keys/lookup-hash.ts';
import type { DocumentLinkRow } from '../store/documents.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { AwardRow, RecipientRow } from '../store/rows.ts';
import { type AwardFile, documentTypeOf, isUploaded, type FileNote } from './award-file.ts';
import { openUrl, sealUrl } from './sealed-document.ts';

/** A credential as it leaves, with its document in it. */
export interface DeliveredCredential {
  readonly credential: Credential;
  /** The file that has to be uploaded once SEEK Pass has taken the credential. */
  readonly upload?: FileNote;
}

/** An attempt of an award that is about to leave. */
export interface LeavingAttempt {
  readonly award: AwardRow;
  readonly recipient: RecipientRow;
  readonly content: SealedAward;
  readonly attempt: number;
}

/**
 * Decides how the file of a new attempt gets to SEEK Pass, and stores it with the attempt. `undefined`: the file was deleted, and without
 * it nothing may leave.
 *
 * @throws {ConfigurationError} `invalid_configuration` when there is no way for it any more.
 */
export async function deliverAnew(
  context: FlowContext,
  tx: StoreTransaction,
  leaving: LeavingAttempt,
  now: number,
): Promise<DeliveredCredential | undefined> {
  const { issuer, documents, records } = context;
  const { award, recipient, content, attempt } = leaving;
  // What was sealed passed core's schema when it was awarded; core checks it once more before it sends.
  const credential = content.credential as Credential;
  const { file } = content;
  if (file === undefined) return { credential };
  if ((await tx.document(issuer, award.id)) === undefined) return undefined;
  if (isUploaded(credential, documents)) return uploaded(credential, file);
  if (documents?.baseUrl === undefined) {
    throw new ConfigurationError(
      'documents.baseUrl is missing, and an award with a file is claimed: put it back.',
    );
  }
  const token = newDocumentToken();
  const url = `${documents.baseUrl}/${token}`;
  const place = { issuer, awardId: award.id, attempt };
  const link: DocumentLinkRow = {
    ...place,
    tokenHash: documentTokenHash(context, token),
    sealedUrl: sealUrl(await records.dataKeyOf(recipient), place, url),
    endsAt: now + submissionLifeMs + attemptMarginMs,
  };
  await tx.insertDocumentLink(link);
  return { credential: withDocument(credential, file, url) };
}

/** How the file of a stored attempt gets there: word by word as the first time. `undefined`: the file was deleted. */
export async function deliverAgain(
  { issuer, records }: FlowContext,
  tx: StoreTransaction,
  { award, recipient, content, attempt }: LeavingAttempt,
): Promise<DeliveredCredential | undefined> {
  const credential = content.credential as Credential;
  const { file } = content;
  if (file === undefined) return { credential };
  const [document, link] = await Promise.all([
    tx.document(issuer, award.id),
    tx.documentLinkOfAttempt(issuer, award.id, attempt),
  ]);
  if (document === undefined) return undefined;
  if (link === undefined) return uploaded(credential, file);
  return { credential: withDocument(credential, file, openUrl(await records.dataKeyOf(recipient), link)) };
}

/** The last part of the address of a document: 256 random bits, in 43 characters of base64url. */
function newDocumentToken(): string {
  return freshBytes(32).toString('base64url');
}

/** What a token is found by. */
export function documentTokenHash(
  { lookupKey, issuer }: Pick<FlowContext, 'lookupKey' | 'issuer'>,
  token: string,
): Uint8Array {
  return lookupHash(lookupKey, issuer, 'document_token', token);
}

function uploaded(credential: Credential, file: FileNote): DeliveredCredential {
  return { credential: withDocument(credential, file, null), upload: file };
}

function withDocument(
  credential: Credential,
  file: Pick<AwardFile, 'type'>,
  value: string | null,
): Credential {
  const type = documentTypeOf(credential, file.type);
  if (type === undefined) throw new Error('A file was awarded with a credential that takes none.');
  // The pair was checked when it was awarded; no type says which files go with which credentials.
  return { ...credential, document: { type, value } } as Credential;
}
