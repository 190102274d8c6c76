import type { Credential } from '@seek-pass-kit/core';
import { checkOpenCert } from '@seek-pass-kit/core/open-cert';
import type { Finding } from './finding.ts';

/**
 * Gives the text of the file that the column `document` names, or `undefined` when there is none. The name comes from the file of
 * rows: read within one folder only, as {@link documentsIn} does.
 */
export type ReadDocument = (name: string) => Promise<string | undefined>;

type Tree = Readonly<Record<string, unknown>>;

/** Puts the text of an OpenCert in the place of its file name. Other documents stay where they are: SEEK Pass fetches them. */
export async function withDocument(
  credential: Tree,
  readDocument: ReadDocument | undefined,
): Promise<{ readonly credential: Tree; readonly findings: readonly Finding[] }> {
  const { type, value } = (credential['document'] ?? {}) as { type?: unknown; value?: unknown };
  const isNamed = type === 'open_cert' && typeof value === 'string' && !value.startsWith('{');
  if (!isNamed || value === '' || readDocument === undefined) return { credential, findings: [] };
  const text = await readDocument(value);
  if (text !== undefined)
    return { credential: { ...credential, document: { type, value: text } }, findings: [] };
  const { document: _, ...rest } = credential;
  return { credential: rest, findings: [notFound] };
}

const notFound: Finding = {
  severity: 'problem',
  field: 'document',
  code: 'document_not_found',
  message: 'document names a file that is not there',
  remedy: 'Put the file into the folder of documents, or correct its name.',
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
