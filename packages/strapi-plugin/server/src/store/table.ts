import type { Knex } from 'knex';

/**
 * What a column holds.
 *
 * - `key`: a text that is looked up, compared or ordered: byte by byte, on every database.
 * - `text`: any other text.
 * - `hash`: up to 64 bytes that are looked up. `bytes`: any other bytes.
 * - `integer`, `boolean`; `time`: a whole number up to 2^53, such as milliseconds since the epoch; `real`.
 * - `json`: kept as its text, as no two databases treat it alike.
 * - `position`: numbers the rows in the order of inserting; given by the database.
 */
export type ColumnKind =
  | 'key'
  | 'text'
  | 'hash'
  | 'bytes'
  | 'integer'
  | 'boolean'
  | 'time'
  | 'real'
  | 'json'
  | 'position';

/** A table whose columns are the members of a row, in snake case. */
export interface Table<Row> {
  /** With the prefix of all our tables. */
  readonly name: string;
  readonly columns: Readonly<Record<keyof Row & string, ColumnKind>>;
}

/** What a database takes and gives. */
export type DatabaseValue = Knex.Value | null;

/** Of all our tables, in the database that Strapi has. */
export const tablePrefix = 'seek_pass_';

/** Describes a table. `name` comes without the prefix. */
export function table<Row>(
  name: string,
  columns: Readonly<Record<keyof Row & string, ColumnKind>>,
): Table<Row> {
  return { name: `${tablePrefix}${name}`, columns };
}

/** How a member of a row is called in its table. */
export function columnName(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The names of all columns of a table. */
export function columnNames<Row>({ columns }: Table<Row>): string[] {
  return Object.keys(columns).map(columnName);
}

/** Some members of a row as their table holds them: to insert, to update, or to look for (`where`). */
export function columnsOf<Row>(
  { name, columns }: Table<Row>,
  members: Partial<Row>,
): Record<string, DatabaseValue> {
  return Object.fromEntries(
    Object.entries(members).map(([member, value]) => {
      const kind = columns[member as keyof Row & string];
      if (kind === undefined) throw new TypeError(`${name} has no column for ${member}.`);
      return [columnName(member), toDatabase(kind, value)];
    }),
  );
}

/** A selected row as the store knows it. Columns that were not selected are left out. */
export function rowOf<Row>({ columns }: Table<Row>, selected: Readonly<Record<string, unknown>>): Row {
  const members = Object.entries<ColumnKind>(columns).flatMap(([member, kind]) => {
    const value = selected[columnName(member)];
    return value === undefined ? [] : [[member, fromDatabase(kind, value)] as const];
  });
  return Object.fromEntries(members) as Row;
}

/** A value as every one of the databases takes it. */
export function toDatabase(kind: ColumnKind, value: unknown): DatabaseValue {
  if (value === null || value === undefined) return null;
  if (kind === 'json') return JSON.stringify(value);
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return value as DatabaseValue;
}

/** A value as the store knows it: databases give numbers as text, texts as bytes, and truth as a number. */
export function fromDatabase(kind: ColumnKind, value: unknown): unknown {
  if (value === null) return null;
  switch (kind) {
    case 'key':
    case 'text':
      return textOf(value);
    case 'json':
      return JSON.parse(textOf(value)) as unknown;
    case 'hash':
    case 'bytes':
      return value;
    case 'boolean':
      return Boolean(Number(value));
    default:
      return Number(value);
  }
}

function textOf(value: unknown): string {
  return Buffer.isBuffer(value) ? value.toString('utf8') : String(value);
}
