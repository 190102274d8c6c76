import { credentialTypes } from '@seek-pass-kit/core';
import type { CredentialType } from '@seek-pass-kit/core';
import { BulkError } from './bulk-error.ts';
import type { ColumnMapping, ColumnSource } from './column-mapping.ts';
import { awardColumns, envelopeColumns, fieldColumns, knownFactsPrefix } from './columns.ts';
import type { FieldColumn } from './columns.ts';
import type { DateFormat } from './date-format.ts';
import { nearestName } from './nearest-name.ts';

/** Where a value comes from: columns of the file by their place, or a text for every row. */
export type ValueSource = { readonly at: readonly number[] } | { readonly const: string };

/** Which column of a file holds what. */
export interface FileColumns {
  readonly type: CredentialType;
  /** Titles of the columns, in the order of the file. */
  readonly titles: readonly string[];
  /** By our names. */
  readonly sources: ReadonlyMap<string, ValueSource>;
  /** The columns that hold fields of the credential. */
  readonly fields: readonly FieldColumn[];
  readonly dateFormat: DateFormat;
  /** Titles of the columns that nothing is taken from. */
  readonly unused: readonly string[];
}

/**
 * Matches the titles of a file with the columns of a credential type, by their exact names: a column that is nearly right
 * would otherwise be left out of every credential without a word.
 *
 * @throws {BulkError} `bad_header`, with each wrong column and the nearest right name; `unfit_type`.
 */
export function columnsByName(
  titles: readonly string[],
  type: CredentialType,
  needed: readonly string[] = ['email'],
): FileColumns {
  const fields = fieldsOf(type);
  const missing = [...needed, ...requiredNames(fields)].filter((name) => !titles.includes(name));
  const sentences: string[] = [];
  const renamed = new Set<string>();
  for (const [at, title] of titles.entries()) {
    if (isKnown(title, fields)) {
      if (titles.indexOf(title) !== at)
        sentences.push(`The column ${title} is there twice: remove one of them.`);
      continue;
    }
    if (title === '') {
      sentences.push(`Column ${at + 1} has no name: give it one, or remove it.`);
      continue;
    }
    const absent = knownNames(fields).filter((candidate) => !titles.includes(candidate));
    const nearest = nearestName(title, absent);
    if (nearest === undefined) {
      sentences.push(`A ${type} file has no column ${quoted(title)}: remove it from the file.`);
    } else if (missing.includes(nearest)) {
      renamed.add(nearest);
      sentences.push(`The column ${nearest} is missing: rename ${quoted(title)} to ${nearest}.`);
    } else {
      sentences.push(`A ${type} file has no column ${quoted(title)}: rename it to ${nearest}, or remove it.`);
    }
  }
  for (const name of missing) {
    if (!renamed.has(name)) sentences.push(`The column ${name} is missing: add it to the file.`);
  }
  if (sentences.length > 0) throw new BulkError('bad_header', headerMessage(titles, sentences));
  return {
    type,
    titles,
    sources: new Map(titles.map((title, at) => [title, { at: [at] }])),
    fields: fields.filter((column) => titles.includes(column.name)),
    dateFormat: 'YYYY-MM-DD',
    unused: [],
  };
}

/**
 * Matches the titles of a file with a mapping.
 *
 * @throws {BulkError} `bad_mapping`, when it names what is no field, or leaves out what must be there; `bad_header`, when the file
 *   has not the columns that it names.
 */
export function columnsByMapping(
  titles: readonly string[],
  { type, columns, dateFormat = 'YYYY-MM-DD' }: ColumnMapping,
  needed: readonly string[] = ['email'],
): FileColumns {
  const fields = fieldsOf(type);
  const wrong: string[] = [];
  for (const name of Object.keys(columns)) {
    if (isKnown(name, fields)) continue;
    const nearest = nearestName(name, knownNames(fields));
    const meant = nearest === undefined ? 'remove it.' : `did you mean ${nearest}?`;
    wrong.push(`The mapping names ${quoted(name)}, which is no field of the type ${type}: ${meant}`);
  }
  for (const name of [...needed, ...requiredNames(fields)]) {
    if (!(name in columns)) wrong.push(`The mapping does not say which column holds ${name}: add it.`);
  }
  if (wrong.length > 0) throw new BulkError('bad_mapping', wrong.join('\n'));
  const sources = new Map<string, ValueSource>();
  for (const [name, source] of Object.entries(columns)) {
    sources.set(name, isConstant(source) ? source : { at: placesOf(titles, name, source, wrong) });
  }
  if (wrong.length > 0) throw new BulkError('bad_header', headerMessage(titles, wrong));
  const used = new Set([...sources.values()].flatMap((source) => ('at' in source ? source.at : [])));
  return {
    type,
    titles,
    sources,
    fields: fields.filter((column) => column.name in columns),
    dateFormat,
    unused: titles.filter((_, at) => !used.has(at)),
  };
}

/** The credential type of a file: given by the caller, else the value in the column `credential_type` of its first row. */
export function typeOfFile(
  given: CredentialType | undefined,
  titles: readonly string[],
  firstRow: { readonly row: number; readonly cells: readonly string[] } | undefined,
): CredentialType {
  const at = titles.indexOf('credential_type');
  const text = at < 0 ? undefined : firstRow?.cells[at];
  const type = given ?? credentialTypes.find((name) => name === text);
  if (type !== undefined) return type;
  const list = credentialTypes.join(', ');
  if (text === undefined || text === '') {
    throw new BulkError(
      'bad_header',
      `The file does not say which credential it is for: add a column credential_type, or give --type, one of ${list}.`,
    );
  }
  const nearest = nearestName(text, credentialTypes);
  throw new BulkError(
    'bad_header',
    `There is no credential type ${quoted(text)} (row ${firstRow?.row ?? 2}, column credential_type): ` +
      (nearest === undefined ? `use one of ${list}.` : `did you mean ${nearest}?`),
  );
}

/** The title under which a person finds a value of ours in the file; our own name when it comes from no column. */
export function titleOf({ sources, titles }: Pick<FileColumns, 'sources' | 'titles'>, name: string): string {
  const source = sources.get(name);
  if (source === undefined || !('at' in source)) return name;
  return source.at.map((at) => titles[at] ?? name).join(' + ');
}

/**
 * The columns of a credential type.
 *
 * @throws {BulkError} `unfit_type` for a type that consists of records.
 */
export function fieldsOf(type: CredentialType): readonly FieldColumn[] {
  const fields = fieldColumns[type];
  if (fields !== undefined) return fields;
  throw new BulkError(
    'unfit_type',
    `A ${type} credential does not fit into a row: give it as a JSON file, a list of payloads.`,
  );
}

function requiredNames(fields: readonly FieldColumn[]): string[] {
  return fields.filter(({ required }) => required).map(({ name }) => name);
}

function knownNames(fields: readonly FieldColumn[]): string[] {
  return [...awardColumns, ...envelopeColumns, ...fields.map(({ name }) => name)];
}

function isKnown(name: string, fields: readonly FieldColumn[]): boolean {
  const isFact = name.startsWith(knownFactsPrefix) && name.length > knownFactsPrefix.length;
  return isFact || knownNames(fields).includes(name);
}

function isConstant(source: ColumnSource): source is { readonly const: string } {
  return typeof source === 'object' && 'const' in source;
}

/** The places of the columns that a mapping names. What is not there goes into `wrong`, with the nearest title. */
function placesOf(
  titles: readonly string[],
  name: string,
  source: string | readonly string[],
  wrong: string[],
): number[] {
  const wanted = typeof source === 'string' ? [source] : source;
  return wanted.map((title) => {
    const at = titles.indexOf(title);
    if (at >= 0 && titles.indexOf(title, at + 1) >= 0) {
      wrong.push(
        `The file has two columns ${quoted(title)}, and ${name} is to come from one: rename one of them.`,
      );
    }
    if (at < 0) {
      const nearest = nearestName(title, titles);
      const meant = nearest === undefined ? 'add it, or correct the mapping.' : `is it ${quoted(nearest)}?`;
      wrong.push(`The file has no column ${quoted(title)}, which the mapping names for ${name}: ${meant}`);
    }
    return at;
  });
}

function headerMessage(titles: readonly string[], sentences: readonly string[]): string {
  const only = titles.length === 1 ? titles[0] : undefined;
  const separator = only === undefined ? undefined : [';', '\t', ',', '|'].find((one) => only.includes(one));
  if (separator !== undefined) {
    return `The values in the header are not separated as expected: give --delimiter "${separator === '\t' ? 'tab' : separator}".`;
  }
  return sentences.join('\n');
}

/** Names of columns are no personal data, but a header may be anything: one short line. */
function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
