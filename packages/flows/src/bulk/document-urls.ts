import type { DocumentUrlCheck, DocumentUrlReason } from '../documents/check-document-url.ts';
import type { DocumentUrlChecker } from '../documents/document-url-checker.ts';
import { linkedDocument } from '../documents/linked-document.ts';
import type { BulkRow } from './bulk-file.ts';
import type { FileColumns } from './file-columns.ts';
import { titleOf } from './file-columns.ts';
import type { Finding } from './finding.ts';

/**
 * The rows of a batch, with what was found out about the addresses of their documents. Warnings all of them: what cannot be fetched from here
 * may be open to SEEK Pass, and the same row must not be good today and bad tomorrow because a server was busy.
 */
export async function withUrlFindings(
  columns: FileColumns,
  rows: readonly BulkRow[],
  checkUrl: DocumentUrlChecker | undefined,
): Promise<readonly BulkRow[]> {
  if (checkUrl === undefined) return rows;
  return Promise.all(
    rows.map(async (row) => {
      const document = row.credential === undefined ? undefined : linkedDocument(row.credential);
      // Without https, or in a private network by its own words: that is said already.
      if (document === undefined || row.findings.some(({ code }) => code === 'document_not_public'))
        return row;
      const finding = findingOf(await checkUrl(document.url, document.type));
      if (finding === undefined) return row;
      return { ...row, findings: [...row.findings, { ...finding, field: titleOf(columns, finding.field) }] };
    }),
  );
}

const words: Readonly<Record<Exclude<DocumentUrlReason, 'file'>, string>> = {
  not_a_url: 'leads to an address that is none',
  not_https: 'has an address, or leads to one, without https',
  other_port: 'has an address, or leads to one, with a port of its own',
  names_a_user: 'has an address, or leads to one, that names a user',
  no_such_host: 'has an address whose host is not known',
  private_address: 'has an address in a private network, where SEEK Pass cannot go',
  bad_certificate: 'has an address whose certificate is not good',
  needs_login: 'has an address that asks for a login',
  not_found: 'has an address where nothing is',
  refused: 'has an address that gives no file',
  other_content: 'has an address that gives something else than such a file',
  too_many_redirects: 'has an address that leads on and on',
  no_answer: 'has an address that did not answer',
  timed_out: 'has an address that did not answer in time',
  server_error: 'has an address whose server was in trouble',
};

function findingOf({ because }: DocumentUrlCheck): Finding | undefined {
  if (because === 'file') return undefined;
  return {
    severity: 'warning',
    field: 'document',
    code: `document_${because}`,
    message: `document ${words[because]}`,
    remedy: 'Open the address where nobody is signed in: SEEK Pass fetches the file from there.',
  };
}
