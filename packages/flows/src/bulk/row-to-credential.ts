import type { Recipient } from '../awards/recipient.ts';
import type { FieldColumn } from './columns.ts';
import { knownFactsPrefix, listSeparator } from './columns.ts';
import type { DateFormat } from './date-format.ts';
import { readDate } from './date-format.ts';
import type { FileColumns } from './file-columns.ts';

/** What a row says, not yet validated. */
export interface RowContents {
  /** In the shape of a credential; `validate` of core tells whether it is one. */
  readonly credential: Readonly<Record<string, unknown>>;
  readonly recipient: Recipient;
  /** The issuer's own name for this award; empty when the file has none. */
  readonly key: string;
  /** Columns, by our names, whose text is no yes or no although it must be. */
  readonly notBoolean: readonly string[];
}

const booleans = new Map([
  ['true', true],
  ['yes', true],
  ['false', false],
  ['no', false],
]);

/** Turns the cells of a row into a credential. An empty cell leaves its field out. Pure: no file, no clock. */
export function rowToCredential(columns: FileColumns, cells: readonly string[]): RowContents {
  const cell = (name: string): string => valueAt(columns, cells, name);
  const notBoolean: string[] = [];
  const boolean = (name: string): boolean | undefined => {
    const text = cell(name);
    const value = booleans.get(text.toLowerCase());
    if (text !== '' && value === undefined) notBoolean.push(name);
    return value;
  };
  // An English credential always has this object; its members are optional (docs: "English proficiency field descriptions").
  const fields: Tree = columns.type === 'english_proficiency' ? { test_scores: { cefr_scores: {} } } : {};
  for (const column of columns.fields) {
    const text = cell(column.name);
    const value =
      column.kind === 'boolean' ? boolean(column.name) : readCell(column, text, columns.dateFormat);
    if (text !== '' && value !== undefined) place(fields, column.name.split('.'), value);
  }
  if (columns.type === 'education' && !('conferral_year' in fields)) fields['conferral_year'] = null;
  return {
    credential: { credential_type: columns.type, fields, ...attachments(cell) },
    recipient: recipientOf(columns, cell, boolean),
    key: cell('key'),
    notBoolean,
  };
}

/** The text that a row has for one of our columns; empty when it has none. */
export function valueAt({ sources }: FileColumns, cells: readonly string[], name: string): string {
  const source = sources.get(name);
  if (source === undefined) return '';
  if ('const' in source) return source.const;
  if (source.at.length === 1) return cells[source.at[0] ?? -1] ?? '';
  return source.at
    .map((at) => cells[at] ?? '')
    .filter((text) => text !== '')
    .join(' ');
}

/** The column, by our name, that a path of core's problems and lint findings is about. */
export function columnOfPath({ fields }: Pick<FileColumns, 'fields'>, path: string): string {
  if (path === 'document.type') return 'document_type';
  if (path.startsWith('document')) return 'document';
  if (path.startsWith('partner_chain')) return 'partner_chain';
  const inFields = path.replace(/^fields\./, '');
  const column = fields.find(({ name }) => inFields === name || inFields.startsWith(`${name}.`));
  return column?.name ?? inFields;
}

type Tree = { [name: string]: unknown };

function readCell({ kind }: FieldColumn, text: string, dateFormat: DateFormat): string | string[] {
  if (kind === 'list') return readList(text);
  return kind === 'date' ? readDate(text, dateFormat) : text;
}

function readList(text: string): string[] {
  return text
    .split(listSeparator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function recipientOf(
  { sources }: FileColumns,
  cell: (name: string) => string,
  boolean: (name: string) => boolean | undefined,
): Recipient {
  const [locale, subject] = [cell('locale'), cell('subject')];
  const [emailVerified, minor] = [boolean('email_verified'), boolean('minor')];
  const facts = [...sources.keys()]
    .filter((name) => name.startsWith(knownFactsPrefix) && cell(name) !== '')
    .map((name) => [name.slice(knownFactsPrefix.length), cell(name)] as const);
  return {
    fullName: cell('full_name'),
    email: cell('email'),
    ...(locale === '' ? {} : { locale }),
    ...(subject === '' ? {} : { subject }),
    ...(facts.length === 0 ? {} : { knownFacts: Object.fromEntries(facts) }),
    ...(emailVerified === undefined ? {} : { emailVerified }),
    ...(minor === undefined ? {} : { minor }),
  };
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
