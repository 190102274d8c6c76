import { credentialTypes } from '@seek-pass-kit/core';
import type { CredentialType } from '@seek-pass-kit/core';
import { BulkError } from './bulk-error.ts';
import { awardColumns, envelopeColumns, fieldColumns } from './columns.ts';
import type { FieldColumn } from './columns.ts';
import { nearestName } from './nearest-name.ts';

/** Which column stands where. */
export interface CsvHeader {
  readonly type: CredentialType;
  /** Names of the columns, in the order of the file. */
  readonly names: readonly string[];
  /** The columns that hold fields of the credential. */
  readonly fields: readonly FieldColumn[];
}

/**
 * Matches the first row of a file with the columns of a credential type. Names must be exact: a column that is nearly right
 * would otherwise be left out of every credential without a word. Throws `BulkError` with code `bad_header` that names each
 * wrong column and the nearest right name.
 */
export function readHeader(names: readonly string[], type: CredentialType): CsvHeader {
  const fields = fieldColumns[type];
  if (fields === undefined) {
    throw new BulkError(
      'unfit_type',
      `A ${type} credential does not fit into a CSV row: give it as a JSON file, a list of payloads.`,
    );
  }
  const needed = ['email', ...fields.filter((column) => column.required).map((column) => column.name)];
  const known = new Set<string>([
    ...awardColumns,
    ...envelopeColumns,
    ...fields.map((column) => column.name),
  ]);
  const missing = needed.filter((name) => !names.includes(name));
  const sentences: string[] = [];
  const renamed = new Set<string>();
  for (const [at, name] of names.entries()) {
    if (known.has(name)) {
      if (names.indexOf(name) !== at)
        sentences.push(`The column ${name} is there twice: remove one of them.`);
      continue;
    }
    if (name === '') {
      sentences.push(`Column ${at + 1} has no name: give it one, or remove it.`);
      continue;
    }
    const absent = [...known].filter((candidate) => !names.includes(candidate));
    const nearest = nearestName(name, absent);
    if (nearest === undefined) {
      sentences.push(`A ${type} file has no column ${quoted(name)}: remove it from the file.`);
    } else if (missing.includes(nearest)) {
      renamed.add(nearest);
      sentences.push(`The column ${nearest} is missing: rename ${quoted(name)} to ${nearest}.`);
    } else {
      sentences.push(`A ${type} file has no column ${quoted(name)}: rename it to ${nearest}, or remove it.`);
    }
  }
  for (const name of missing) {
    if (!renamed.has(name)) sentences.push(`The column ${name} is missing: add it to the file.`);
  }
  if (sentences.length > 0) throw new BulkError('bad_header', headerMessage(names, sentences));
  return { type, names, fields: fields.filter((column) => names.includes(column.name)) };
}

/** The credential type of a file: given by the caller, else the value in the column `credential_type` of its first row. */
export function typeOfFile(
  given: CredentialType | undefined,
  names: readonly string[],
  firstRow: { readonly row: number; readonly cells: readonly string[] } | undefined,
): CredentialType {
  const at = names.indexOf('credential_type');
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

function headerMessage(names: readonly string[], sentences: readonly string[]): string {
  const only = names.length === 1 ? names[0] : undefined;
  const separator = only?.includes(';') === true ? ';' : only?.includes('\t') === true ? 'tab' : undefined;
  if (separator !== undefined) {
    return `The values in the header are not separated by commas: give --delimiter "${separator}".`;
  }
  return sentences.join('\n');
}

/** Names of columns are no personal data, but a header may be anything: one short line. */
function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
