import { parse, stringify } from 'yaml';
import { credentialTypes } from '@seek-pass-kit/core';
import { z } from 'zod';
import { BulkError } from './bulk-error.ts';
import type { ColumnMapping, ColumnSource } from './column-mapping.ts';
import { dateFormats } from './date-format.ts';
import type { FileColumns } from './file-columns.ts';

const title = z.string().min(1);
const mappingSchema = z.strictObject({
  type: z.enum(credentialTypes),
  columns: z.record(z.string(), z.union([title, z.array(title).min(1), z.strictObject({ const: title })])),
  dateFormat: z.enum(dateFormats).optional(),
});

/**
 * Reads a mapping from YAML. Whether it fits its credential type and a file is checked when that is opened.
 *
 * @throws {BulkError} `bad_mapping`, naming what is wrong.
 */
export function mappingFromYaml(text: string): ColumnMapping {
  let contents: unknown;
  try {
    contents = parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw new BulkError('bad_mapping', 'The mapping is not YAML: begin with "type:" and "columns:".', {
      cause,
    });
  }
  const checked = mappingSchema.safeParse(contents);
  if (checked.success) {
    const { dateFormat, ...rest } = checked.data;
    return dateFormat === undefined ? rest : { ...rest, dateFormat };
  }
  throw new BulkError('bad_mapping', checked.error.issues.map(sentenceOf).join('\n'));
}

/** A mapping as the text of a file. */
export function mappingToYaml(mapping: ColumnMapping): string {
  return stringify(mapping, { lineWidth: 0 });
}

/** What is read from which column, as a mapping that reads the same. */
export function columnsToMapping({ type, titles, sources, dateFormat }: FileColumns): ColumnMapping {
  const columns: Record<string, ColumnSource> = {};
  for (const [name, source] of sources) {
    if ('const' in source) columns[name] = source;
    else if (source.at.length === 1) columns[name] = titles[source.at[0] ?? -1] ?? '';
    else columns[name] = source.at.map((at) => titles[at] ?? '');
  }
  return { type, columns, ...(dateFormat === 'YYYY-MM-DD' ? {} : { dateFormat }) };
}

function sentenceOf({ path, code, ...issue }: z.core.$ZodIssue): string {
  const where = path.length === 0 ? 'The mapping' : `In the mapping, ${path.map(String).join('.')}`;
  if (code === 'unrecognized_keys' && 'keys' in issue) {
    return `${where} has unknown settings: remove ${issue.keys.join(', ')}.`;
  }
  if (path[0] === 'type') return `${where} is no credential type: use one of ${credentialTypes.join(', ')}.`;
  if (path[0] === 'dateFormat') return `${where} is not a date format: use one of ${dateFormats.join(', ')}.`;
  if (path.length < 2) return `${where} is not complete: give type, and columns with a title for each field.`;
  return `${where} is not a title, a list of titles or { const: a text }: write it like "full_name: Name".`;
}
