import { ConfigurationError } from '@seek-pass-kit/core';
import { openAward } from '../awards/open-award.ts';
import type { FlowContext } from '../flow-context.ts';
import type { SubmissionRow } from '../store/rows.ts';
import { mediaTypes } from './file-type.ts';
import { storedFile } from './stored-file.ts';

/**
 * Puts the file of a submission to the link that SEEK Pass answered with, once: what was uploaded for this attempt is not uploaded again. Two
 * tabs may do it at the same time; the same bytes twice have the effect of once.
 *
 * @throws {SeekPassError} when the link does not take it: the learner is not sent on, and the next click tries again.
 * @throws {ConfigurationError} `invalid_configuration` when the answer has no link.
 */
export async function uploadDocument(
  context: FlowContext,
  { id, awardId, attempt }: SubmissionRow,
  response: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { issuer, store, documents } = context;
  const [award, document] = await Promise.all([
    store.read.award(issuer, awardId),
    store.read.document(issuer, awardId),
  ]);
  if (document?.uploadedForAttempt === attempt) return;
  const recipient = award === undefined ? undefined : await store.read.recipient(issuer, award.recipientId);
  if (award === undefined || recipient === undefined) throw new Error('A submission is of no stored award.');
  const content = await openAward(context, recipient, award);
  const file =
    content === undefined ? 'gone' : await storedFile(context, store.read, recipient, award, content);
  if (file === undefined || file === 'gone')
    throw new Error('The file of a submission was deleted meanwhile.');
  // The name of the asset is that of the credential: see `toWire` of core.
  const link = documents?.upload?.readLink(response, id);
  if (documents?.upload === undefined || link === undefined) throw noLink();
  const { url, contentType = mediaTypes[file.type] } = link;
  await documents.upload.put({ url, body: file.bytes, contentType }, { lane: 'claims' });
  await store.transaction((tx) => tx.markDocumentUploaded(issuer, awardId, attempt));
}

function noLink(): ConfigurationError {
  return new ConfigurationError(
    'documents.readUploadLink found no link in the answer of SEEK Pass: ask SEEK Pass for the names of its members, or leave it out and set documents.baseUrl.',
  );
}
