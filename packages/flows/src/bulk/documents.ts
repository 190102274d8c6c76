import type { Credential } from '@seek-pass-kit/core';
import { checkOpenCert } from '@seek-pass-kit/core/open-cert';
import { type AwardFile, ownProblem } from '../documents/award-file.ts';
import type { FileType } from '../store/documents.ts';
import type { Finding } from './finding.ts';

/**
 * Gives the file that the column `document` names, or `undefined` when there is none. The name comes from the file of rows: read within one
 * folder only, as {@link documentsIn} does.
 */
export type ReadDocument = (name: string) => Promise<Uint8Array | 'too_large' | undefined>;

type Tree = Readonly<Record<string, unknown>>;

/** A credential with its document, as its row has it. */
export interface WithDocument {
  readonly credential: Tree;
  /** The document, when it is a file to be handed over. */
  readonly file?: AwardFile;
  readonly findings: readonly Finding[];
}

/** The largest OpenCert that is looked at. */
const largestOpenCert = 2 * 1024 * 1024;

/**
 * Puts the text of an OpenCert in the place of its file name, and takes a PDF or picture that a row names out of the credential, to be handed over as a
 * file. Documents with an address stay where they are: SEEK Pass fetches them.
 */
export async function withDocument(
  credential: Tree,
  readDocument: ReadDocument | undefined,
): Promise<WithDocument> {
  const { type, value } = (credential['document'] ?? {}) as { type?: unknown; value?: unknown };
  if (readDocument === undefined || typeof value !== 'string' || !isFileName(value)) {
    return { credential, findings: [] };
  }
  const fileType = typeof type === 'string' ? fileTypes.get(type) : undefined;
  if (type !== 'open_cert' && fileType === undefined) return { credential, findings: [] };
  const { document: _, ...rest } = credential;
  const bytes = await readDocument(value);
  if (bytes === undefined) return { credential: rest, findings: [notFound] };
  if (bytes === 'too_large') return { credential: rest, findings: [tooLarge] };
  if (fileType !== undefined) return { credential: rest, file: { type: fileType, bytes }, findings: [] };
  if (bytes.length > largestOpenCert) return { credential: rest, findings: [tooLarge] };
  const text = Buffer.from(bytes).toString('utf8');
  return { credential: { ...credential, document: { type, value: text } }, findings: [] };
}

/** By the names of the column `document_type`. */
const fileTypes: ReadonlyMap<string, FileType> = new Map([
  ['pdf', 'pdf'],
  ['png', 'png'],
  ['jpg', 'jpg'],
  ['english_assessment', 'pdf'],
]);

/** Whether a value is no address and no contents. */
function isFileName(value: string): boolean {
  return value !== '' && !value.startsWith('{') && !/^(https?|data):/i.test(value);
}

/** What is wrong with the file of a row by itself. */
export function fileFindings(credential: Credential, file: AwardFile): Finding[] {
  const problem = ownProblem(credential, file);
  if (problem === undefined) return [];
  const field = problem.path === 'file.type' ? 'document_type' : 'document';
  const { code, message, remedy } = problem;
  return [{ severity: 'problem', field, code, message: `${field} ${message}`, remedy }];
}

const notFound: Finding = {
  severity: 'problem',
  field: 'document',
  code: 'document_not_found',
  message: 'document names a file that is not there',
  remedy: 'Put the file into the folder of documents, or correct its name.',
};

const tooLarge: Finding = {
  severity: 'problem',
  field: 'document',
  code: 'file_too_large',
  message: 'document names a file that is too large',
  remedy: 'Make it smaller.',
};

/** Checks an OpenCert offline: nothing altered, in force, and about the same person and course as the row. */
export function documentFindings(credential: Credential, now: number): Finding[] {
  const { document, fields } = credential;
  if (document?.type !== 'open_cert' || document.value === null) return [];
  const report = checkOpenCert(document.value, { payload: fields, now });
  const field = 'document';
  const invalid = Object.values(report.checks).filter(({ result }) => result === 'INVALID');
  return [
    ...invalid.map(({ code, message, remedy = 'Get the original file again.' }): Finding => {
      return { severity: 'problem', field, code: `open_cert_${code}`, message: withoutStop(message), remedy };
    }),
    ...report.comparisons.flatMap(({ field: compared, result }): Finding[] => {
      if (result !== 'mismatch' && result !== 'review') return [];
      const isOther = result === 'mismatch';
      return [
        {
          severity: isOther ? 'problem' : 'warning',
          field,
          code: isOther ? 'open_cert_mismatch' : 'open_cert_review',
          message: `document and ${compared} ${isOther ? 'do not agree' : 'may not agree'}`,
          remedy: isOther ? 'Check whose document it is.' : 'Compare the two.',
        },
      ];
    }),
    ...report.warnings.map(({ code, message, remedy }): Finding => {
      return { severity: 'warning', field, code: `open_cert_${code}`, message: withoutStop(message), remedy };
    }),
  ];
}

/** Findings go on in a sentence of their own. */
function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
