import type { Mapping, MappingSource } from '../../../contract/mapping.ts';
import type { SiteSchemas } from './site-schemas.ts';
import { findSource } from './source-fields.ts';
import { parseTemplate } from './template.ts';

/** The fields that a source names. */
export function fieldsOfSource(source: MappingSource): readonly string[] {
  if ('field' in source) return [source.field];
  if ('text' in source) return [];
  const parts = parseTemplate(source.template);
  return typeof parts === 'string' ? [] : parts.flatMap((part) => ('field' in part ? [part.field] : []));
}

interface Populate {
  fields: string[];
  populate?: Record<string, Populate | true>;
}

/** What to populate of an entry for a mapping: only what it names and may be used. */
export function populateOf(
  schemas: SiteSchemas,
  { contentType, targets }: Mapping,
): Record<string, Populate | true> {
  const populate: Record<string, Populate | true> = {};
  const paths = new Set(Object.values(targets).flatMap(fieldsOfSource));
  for (const path of paths) {
    const found = findSource(schemas, contentType, path);
    if ('refused' in found) continue;
    const [first = '', second] = path.split('.');
    const { kind } = found.field;
    if (second === undefined) {
      if (kind === 'media') populate[first] = true;
      if (kind === 'user') populate[first] = { fields: ['documentId'] };
      continue;
    }
    const known = populate[first];
    const inner: Populate = known === undefined || known === true ? { fields: ['documentId'] } : known;
    if (kind === 'media') inner.populate = { ...inner.populate, [second]: true };
    else if (kind === 'user') inner.populate = { ...inner.populate, [second]: { fields: ['documentId'] } };
    else if (!inner.fields.includes(second)) inner.fields.push(second);
    populate[first] = inner;
  }
  return populate;
}
