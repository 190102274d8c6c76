import type { Recipient } from '../awards/recipient.ts';
import { type AwardValue, credentialOfValues, recipientOfValues } from './award-values.ts';
import type { FieldColumn } from './columns.ts';
import { listSeparator } from './columns.ts';
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
  const notBoolean: string[] = [];
  const values = new Map<string, AwardValue>();
  for (const name of columns.sources.keys()) {
    const text = valueAt(columns, cells, name);
    if (text === '') continue;
    const value = readCell(kindOf(columns, name), text, columns.dateFormat);
    if (value === undefined) notBoolean.push(name);
    else values.set(name, value);
  }
  return {
    credential: credentialOfValues(columns.type, columns.fields, values),
    recipient: recipientOfValues(values),
    key: valueAt(columns, cells, 'key'),
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

function kindOf({ fields }: FileColumns, name: string): FieldColumn['kind'] {
  if (name === 'email_verified' || name === 'minor') return 'boolean';
  if (name === 'partner_chain') return 'list';
  return fields.find((column) => column.name === name)?.kind ?? 'text';
}

/** `undefined`: neither yes nor no, although it must be. */
function readCell(kind: FieldColumn['kind'], text: string, dateFormat: DateFormat): AwardValue | undefined {
  if (kind === 'boolean') return booleans.get(text.toLowerCase());
  if (kind === 'list') return readList(text);
  return kind === 'date' ? readDate(text, dateFormat) : text;
}

function readList(text: string): string[] {
  return text
    .split(listSeparator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
