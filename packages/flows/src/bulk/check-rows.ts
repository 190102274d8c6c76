import { lint, validate } from '@seek-pass-kit/core';
import type { Credential, CredentialType } from '@seek-pass-kit/core';
import { recipientProblems } from '../awards/award-input.ts';
import { isMailbox } from '../awards/mailbox.ts';
import type { Recipient } from '../awards/recipient.ts';
import type { AwardFile } from '../documents/award-file.ts';
import { BulkError } from './bulk-error.ts';
import { cellFindings } from './cell-findings.ts';
import type { ColumnMapping } from './column-mapping.ts';
import { documentFindings, fileFindings, withDocument } from './documents.ts';
import type { ReadDocument } from './documents.ts';
import { Duplicates } from './duplicates.ts';
import { columnsByMapping, columnsByName, titleOf, typeOfFile } from './file-columns.ts';
import type { FileColumns } from './file-columns.ts';
import { blocks } from './finding.ts';
import type { Finding } from './finding.ts';
import { openSheet } from './open-sheet.ts';
import { columnOfPath, rowToCredential, valueAt } from './row-to-credential.ts';
import type { SheetFormat, SheetOptions, SheetRow } from './sheet.ts';

/** How the rows of a file are checked. */
export interface CheckRowsOptions extends SheetOptions {
  /** Which column holds what. Default: the columns have our names. */
  readonly mapping?: ColumnMapping | undefined;
  /** What a file without mapping holds; default: what its column `credential_type` says. */
  readonly type?: CredentialType | undefined;
  /** Columns that the file must have besides the fields of its type. Default `email`. */
  readonly needed?: readonly string[] | undefined;
  /** Reads the files that the column `document` names. Default: OpenCerts stand in the column themselves, and nothing is handed over. */
  readonly readDocument?: ReadDocument | undefined;
  /** The day lint compares with, `YYYY-MM-DD`. */
  readonly today: string;
  /** When OpenCerts must be in force, in milliseconds since the epoch. Default: when `today` begins. */
  readonly now?: number | undefined;
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
  /** The document of the row, when it is a file to be handed over. */
  readonly file?: AwardFile;
  readonly findings: readonly Finding[];
}

/** A file whose header fits. */
export interface CheckedFile {
  readonly format: SheetFormat;
  readonly columns: FileColumns;
  /** To be read once. */
  readonly rows: AsyncGenerator<CheckedRow, void, undefined>;
}

/**
 * Opens a CSV file or an Excel workbook, whichever its first bytes say, and checks it row by row; nothing is sent or stored.
 *
 * @throws {BulkError} now, when it cannot be read, does not say its credential type, its header does not fit, or it has no rows;
 *   later, when it breaks in the middle.
 */
export async function checkFile(
  chunks: AsyncIterable<Uint8Array>,
  options: CheckRowsOptions,
): Promise<CheckedFile> {
  const { format, titles, rows } = await openSheet(chunks, options);
  try {
    const first = await rows.next();
    const columns = columnsOf(titles.cells, options, first.done === true ? undefined : first.value);
    if (first.done === true) {
      throw new BulkError('no_rows', 'The file has no rows: it needs a header and one row for each learner.');
    }
    return { format, columns, rows: checkEach(first.value, rows, columns, options) };
  } catch (error) {
    await rows.return();
    throw error;
  }
}

async function* checkEach(
  first: SheetRow,
  rows: AsyncGenerator<SheetRow, void, undefined>,
  columns: FileColumns,
  options: CheckRowsOptions,
): AsyncGenerator<CheckedRow, void, undefined> {
  const duplicates = new Duplicates();
  try {
    yield await checkRow(columns, first, duplicates, options);
    for await (const row of rows) yield await checkRow(columns, row, duplicates, options);
  } finally {
    await rows.return();
  }
}

/** The rows of {@link checkFile}. */
export async function* checkRows(
  chunks: AsyncIterable<Uint8Array>,
  options: CheckRowsOptions,
): AsyncGenerator<CheckedRow, void, undefined> {
  const { rows } = await checkFile(chunks, options);
  yield* rows;
}

function columnsOf(
  titles: readonly string[],
  { mapping, type, needed }: CheckRowsOptions,
  firstRow: SheetRow | undefined,
): FileColumns {
  if (mapping !== undefined) return columnsByMapping(titles, mapping, needed);
  return columnsByName(titles, typeOfFile(type, titles, firstRow), needed);
}

async function checkRow(
  columns: FileColumns,
  row: SheetRow,
  duplicates: Duplicates,
  { today, now = Date.parse(today), needed = [], readDocument }: CheckRowsOptions,
): Promise<CheckedRow> {
  if (row.cells.length !== columns.titles.length) return misaligned(columns, row);
  const { key, recipient, notBoolean, ...contents } = rowToCredential(columns, row.cells);
  const document = await withDocument(contents.credential, readDocument);
  const findings: Finding[] = [
    ...cellFindings(columns, row.troubles ?? []),
    ...typeFindings(columns, row),
    ...(needed.includes('key') && key === '' ? [missingKey] : []),
    ...mailboxFindings(recipient.email),
    ...personFindings(recipient),
    ...notBoolean.map(notABoolean),
    ...document.findings,
  ];
  const checked = validate(document.credential);
  for (const { path, code, message, remedy } of checked.problems) {
    findings.push({ severity: 'problem', field: columnOfPath(columns, path), code, message, remedy });
  }
  const credential = checked.ok ? (document.credential as unknown as Credential) : undefined;
  if (credential !== undefined) {
    for (const { path, ...finding } of lint(credential, { today })) {
      findings.push({ ...finding, field: columnOfPath(columns, path) });
    }
    findings.push(...documentFindings(credential, now));
    if (document.file !== undefined) findings.push(...fileFindings(credential, document.file));
  }
  const said = JSON.stringify([recipient, contents.credential]);
  findings.push(...duplicates.check({ row: row.row, key, recipient, contents: said }));
  return {
    row: row.row,
    recipient,
    key,
    credential: findings.some(blocks) ? undefined : credential,
    ...(document.file === undefined ? {} : { file: document.file }),
    findings: findings.map((finding) => ({ ...finding, field: titleOf(columns, finding.field) })),
  };
}

/** With a cell too many or too few, every value may stand in the wrong column: nothing else about the row can be trusted. */
function misaligned({ titles }: FileColumns, row: SheetRow): CheckedRow {
  const finding: Finding = {
    severity: 'problem',
    field: '',
    code: 'wrong_cell_count',
    message: `The row has ${row.cells.length} values, and the header has ${titles.length} columns`,
    remedy: 'Put a value that has a separator in it in double quotes.',
  };
  return {
    row: row.row,
    recipient: { fullName: '', email: '' },
    key: '',
    credential: undefined,
    findings: [finding],
  };
}

function typeFindings(columns: FileColumns, row: SheetRow): Finding[] {
  const isSaid = columns.sources.has('credential_type');
  if (!isSaid || valueAt(columns, row.cells, 'credential_type') === columns.type) return [];
  return [
    {
      severity: 'problem',
      field: 'credential_type',
      code: 'unknown_credential_type',
      message: `credential_type is not ${columns.type} as in the rest of the file`,
      remedy: 'Put each credential type in a file of its own.',
    },
  ];
}

const missingKey: Finding = {
  severity: 'problem',
  field: 'key',
  code: 'missing_field',
  message: 'key is missing',
  remedy: 'Give each award a stable key of its own, such as a course code and a student number.',
};

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

/** The names of our columns for the members of a recipient. */
const columnOfMember: Readonly<Record<string, string>> = {
  fullName: 'full_name',
  emailVerified: 'email_verified',
  knownFacts: 'known_facts',
};

function personFindings(recipient: Recipient): Finding[] {
  return recipientProblems(recipient).flatMap(({ path, code, message, remedy }): Finding[] => {
    const [, member = '', ...rest] = path.split('.');
    // Said by others: what is wrong with the address, and that a name is missing.
    if (member === 'email' || (member === 'fullName' && recipient.fullName === '')) return [];
    const field = [columnOfMember[member] ?? member, ...rest].join('.');
    return [{ severity: 'problem', field, code, message: `${field} ${message}`, remedy }];
  });
}

function notABoolean(column: string): Finding {
  return {
    severity: 'problem',
    field: column,
    code: 'wrong_type',
    message: `${column} is neither yes nor no`,
    remedy: 'Write true or false (yes and no will do), or leave it empty.',
  };
}
