import { lint, validate } from '@seek-pass-kit/core';
import type { Credential, CredentialType } from '@seek-pass-kit/core';
import { BulkError } from './bulk-error.ts';
import { blocks } from './finding.ts';
import type { Finding } from './finding.ts';
import type { CsvHeader } from './csv-header.ts';
import { readHeader, typeOfFile } from './csv-header.ts';
import type { CsvOptions, CsvRow } from './csv-rows.ts';
import { readCsvRows } from './csv-rows.ts';
import { Duplicates } from './duplicates.ts';
import { isMailbox } from '../awards/mailbox.ts';
import { columnOfPath, rowToCredential } from './row-to-credential.ts';
import type { Recipient } from './row-to-credential.ts';

/** How the rows of a file are checked. */
export interface CheckRowsOptions extends CsvOptions {
  /** What the file holds; default: what its column `credential_type` says. */
  readonly type?: CredentialType | undefined;
  /** The day lint compares with, `YYYY-MM-DD`. */
  readonly today: string;
}

/** A row and what was found in it. */
export interface CheckedRow {
  /** As a spreadsheet counts; the header is row 1. */
  readonly row: number;
  readonly recipient: Recipient;
  /** The issuer's own name for the award; empty when the file has none. */
  readonly key: string;
  /** Undefined when a finding keeps the row from being sent. */
  readonly credential: Credential | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Checks a CSV file row by row: nothing is sent. Throws `BulkError` before the first row when the file has no rows, does not say its
 * credential type, or its header does not fit.
 */
export async function* checkCsvRows(
  chunks: AsyncIterable<Uint8Array>,
  options: CheckRowsOptions,
): AsyncGenerator<CheckedRow> {
  let names: readonly string[] | undefined;
  let header: CsvHeader | undefined;
  let duplicates: Duplicates | undefined;
  for await (const row of readCsvRows(chunks, options)) {
    if (names === undefined) {
      names = row.cells;
      if (options.type !== undefined) header = readHeader(names, options.type);
      continue;
    }
    header ??= readHeader(names, typeOfFile(undefined, names, row));
    duplicates ??= new Duplicates(header);
    yield checkRow(header, row, duplicates, options.today);
  }
  if (duplicates !== undefined) return;
  // A header alone: say first what is wrong with it.
  if (names !== undefined && header === undefined) readHeader(names, typeOfFile(undefined, names, undefined));
  throw new BulkError('bad_csv', 'The file has no rows: it needs a header and one row for each learner.');
}

function checkRow(header: CsvHeader, row: CsvRow, duplicates: Duplicates, today: string): CheckedRow {
  if (row.cells.length !== header.names.length) return misaligned(header, row);
  const contents = rowToCredential(header, row.cells);
  const findings: Finding[] = [
    ...typeFindings(header, row),
    ...mailboxFindings(contents.recipient.email),
    ...contents.notBoolean.map(notBoolean),
  ];
  const checked = validate(contents.credential);
  for (const { path, code, message, remedy } of checked.problems) {
    findings.push({ severity: 'problem', field: columnOfPath(header, path), code, message, remedy });
  }
  const credential = checked.ok ? (contents.credential as unknown as Credential) : undefined;
  if (credential !== undefined) {
    for (const { path, ...finding } of lint(credential, { today })) {
      findings.push({ ...finding, field: columnOfPath(header, path) });
    }
  }
  findings.push(...duplicates.check(row.row, row.cells));
  return {
    row: row.row,
    recipient: contents.recipient,
    key: contents.key,
    credential: findings.some(blocks) ? undefined : credential,
    findings,
  };
}

/** With a cell too many or too few, every value may stand in the wrong column: nothing else about the row can be trusted. */
function misaligned(header: CsvHeader, row: CsvRow): CheckedRow {
  const finding: Finding = {
    severity: 'problem',
    field: '',
    code: 'wrong_cell_count',
    message: `The row has ${row.cells.length} values, and the header has ${header.names.length} columns`,
    remedy: 'Put a value that has a comma in it in double quotes.',
  };
  return {
    row: row.row,
    recipient: { fullName: '', email: '' },
    key: '',
    credential: undefined,
    findings: [finding],
  };
}

function typeFindings(header: CsvHeader, row: CsvRow): Finding[] {
  const at = header.names.indexOf('credential_type');
  if (at < 0 || row.cells[at] === header.type) return [];
  return [
    {
      severity: 'problem',
      field: 'credential_type',
      code: 'unknown_credential_type',
      message: `credential_type is not ${header.type} as in the rest of the file`,
      remedy: 'Put each credential type in a file of its own.',
    },
  ];
}

function mailboxFindings(email: string): Finding[] {
  if (isMailbox(email)) return [];
  const missing = email === '';
  return [
    {
      severity: 'problem',
      field: 'email',
      code: missing ? 'missing_field' : 'bad_email',
      message: missing ? 'email is missing' : 'email is not one plain address',
      remedy: 'Write one address, like name@example.edu.',
    },
  ];
}

function notBoolean(column: string): Finding {
  return {
    severity: 'problem',
    field: column,
    code: 'wrong_type',
    message: `${column} is neither yes nor no`,
    remedy: 'Write true or false (yes and no will do), or leave it empty.',
  };
}
