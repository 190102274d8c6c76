import type { Credential } from '@seek-pass-kit/core';
import type { AwardProblem } from '../awards/award-problem.ts';
import type { FlowContext } from '../flow-context.ts';
import type { FileType } from '../store/documents.ts';
import { fileTypeOfDocument } from './award-file.ts';
import type { DocumentUrlCheck } from './check-document-url.ts';
import { createDocumentUrlChecker } from './document-url-checker.ts';

/** Finds what keeps a credential from being issued: a document with an address that nobody can fetch. */
export type FindUnreachable = (credential: Credential) => Promise<AwardProblem | undefined>;

/** A {@link FindUnreachable} for one run; `undefined` where the flow is not to ask. */
export function findUnreachable({ documents }: Pick<FlowContext, 'documents'>): FindUnreachable | undefined {
  if (documents?.checkUrls === undefined) return undefined;
  const check = createDocumentUrlChecker(documents.checkUrls);
  return async (credential) => {
    const linked = linkedDocument(credential);
    return linked === undefined ? undefined : problemOf(await check(linked.url, linked.type));
  };
}

function problemOf({ reachable, because }: DocumentUrlCheck): AwardProblem | undefined {
  if (reachable !== 'no') return undefined;
  return {
    path: 'credential.document.value',
    code: 'unreachable_document',
    message: `leads to nothing that SEEK Pass can fetch: ${because.replaceAll('_', ' ')}`,
    remedy: 'Open the address where nobody is signed in, mend it, and issue again.',
  };
}

/** The document of a credential that SEEK Pass has to fetch from an address. */
export function linkedDocument({
  document,
}: Credential): { readonly url: string; readonly type: FileType } | undefined {
  if (document === undefined || document.value === null) return undefined;
  const type = fileTypeOfDocument(document.type);
  return type === undefined || /^data:/i.test(document.value) ? undefined : { url: document.value, type };
}
