import type { CsvHeader } from './csv-header.ts';
import type { FieldColumn } from './columns.ts';
import { listSeparator } from './columns.ts';

/** Who is to receive the credential. */
export interface Recipient {
  readonly fullName: string;
  readonly email: string;
}

/** What a row says, not yet validated. */
export interface RowContents {
  /** In the shape of a credential; `validate` of core tells whether it is one. */
  readonly credential: Readonly<Record<string, unknown>>;
  readonly recipient: Recipient;
  /** The issuer's own name for this award; empty when the file has none. */
  readonly key: string;
  /** Columns whose text is no yes or no although it must be. */
  readonly notBoolean: readonly string[];
}

const booleans = new Map([
  ['true', true],
  ['yes', true],
  ['false', false],
  ['no', false],
]);

/** Turns the cells of a row into a credential. An empty cell leaves its field out. Pure: no file, no clock. */
export function rowToCredential(header: CsvHeader, cells: readonly string[]): RowContents {
  const cell = (name: string): string => cells[header.names.indexOf(name)] ?? '';
  const notBoolean: string[] = [];
  // An English credential always has this object; its members are optional (docs: "English proficiency field descriptions").
  const fields: Tree = header.type === 'english_proficiency' ? { test_scores: { cefr_scores: {} } } : {};
  for (const column of header.fields) {
    const text = cell(column.name);
    if (text === '') continue;
    const value = readCell(column, text);
    if (value === undefined) notBoolean.push(column.name);
    else place(fields, column.name.split('.'), value);
  }
  if (header.type === 'education' && !('conferral_year' in fields)) fields['conferral_year'] = null;
  return {
    credential: { credential_type: header.type, fields, ...attachments(cell) },
    recipient: { fullName: cell('full_name'), email: cell('email') },
    key: cell('key'),
    notBoolean,
  };
}

/** The column that a path of core's problems and lint findings is about. */
export function columnOfPath(header: CsvHeader, path: string): string {
  if (path === 'document.type') return 'document_type';
  if (path.startsWith('document')) return 'document';
  if (path.startsWith('partner_chain')) return 'partner_chain';
  const inFields = path.replace(/^fields\./, '');
  const column = header.fields.find(({ name }) => inFields === name || inFields.startsWith(`${name}.`));
  return column?.name ?? inFields;
}

type Tree = { [name: string]: unknown };

function readCell(column: FieldColumn, text: string): string | boolean | string[] | undefined {
  if (column.kind === 'text') return text;
  if (column.kind === 'boolean') return booleans.get(text.toLowerCase());
  return readList(text);
}

function readList(text: string): string[] {
  return text
    .split(listSeparator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function attachments(cell: (name: string) => string): Tree {
  const parts: Tree = {};
  const type = cell('document_type');
  const value = cell('document');
  if (value !== '' || (type !== '' && type !== 'none')) parts['document'] = { type, value };
  const chain = readList(cell('partner_chain'));
  if (chain.length > 0) parts['partner_chain'] = chain.map((name) => ({ name }));
  return parts;
}

function place(tree: Tree, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const below = (tree[name] ??= {});
  place(below as Tree, rest, value);
}
