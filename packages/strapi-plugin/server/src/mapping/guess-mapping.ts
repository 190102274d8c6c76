import type { CredentialType } from '@seek-pass-kit/core';
import { guessColumns } from '@seek-pass-kit/flows/bulk';
import type { Mapping, MappingSource, SourceField } from '../../../contract/mapping.ts';
import { targetsOf } from './mapping-targets.ts';
import { unfitSource } from './read-values.ts';
import type { SiteSchemas } from './site-schemas.ts';
import { sourceFieldsOf } from './source-fields.ts';

/** Targets that say whose credential it is: the institution itself, when no field does. */
const issuerTargets: ReadonlySet<string> = new Set(['issuer_name', 'education_provider', 'test_provider']);

/**
 * Guesses from the names of the fields which of them fills which target, as for the columns of a file. A person has to look at it.
 *
 * @param institution what the institution is called, when it is known.
 */
export function guessTargets(
  schemas: SiteSchemas,
  contentType: string,
  type: CredentialType,
  institution: string | undefined,
): Mapping['targets'] {
  const known = targetsOf(type);
  if (known.length === 0) return {};
  const fields = sourceFieldsOf(schemas, contentType).filter(({ path }) => !systemField.test(path));
  const titles = titlesOf(fields);
  const { columns } = guessColumns([...titles.keys()], type).mapping;
  const guess: Record<string, MappingSource> = {};
  for (const target of known) {
    const source = columns[target.name];
    const path = typeof source === 'string' ? titles.get(source) : undefined;
    const field = fields.find((one) => one.path === path);
    if (field !== undefined && unfitSource(target, field) === undefined)
      guess[target.name] = { field: field.path };
    else if (Array.isArray(source))
      guess[target.name] = { template: source.map((title: string) => `{${titles.get(title)}}`).join(' ') };
    else if (issuerTargets.has(target.name) && institution !== undefined)
      guess[target.name] = { text: institution };
  }
  const user = fields.find(({ kind, many }) => kind === 'user' && !many);
  if (user !== undefined) guess['user'] = { field: user.path };
  return guess;
}

const systemField = /(?:^|\.)(?:documentId|createdAt|updatedAt|publishedAt|locale)$/;

/** What each field is compared by: its own name where no other field has it, else its whole path. */
function titlesOf(fields: readonly SourceField[]): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  for (const { path } of fields) {
    const name = path.split('.').at(-1) ?? path;
    titles.set(titles.has(name) ? path : name, path);
  }
  return titles;
}
