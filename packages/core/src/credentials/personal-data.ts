import { z } from 'zod';

/** Marks of schemas whose value is personal data. */
const personalSchemas = z.registry<{ readonly personal: true }>();

/**
 * Marks a schema: its value says something about a person and stays out of logs, messages and spans. The mark is on this object, so give it
 * one of its own: `personal(day.nullish())`, not `personal(day)`, which other fields share.
 */
export function personal<S extends z.ZodType>(schema: S): S {
  personalSchemas.add(schema, { personal: true });
  return schema;
}

/** How the kinds of schemas that are used here hold other schemas. */
interface Parts {
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly shape?: Readonly<Record<string, z.ZodType>>;
}

/** Adds to `names` the name of each member in `schema`, itself called `name`, whose schema is marked. */
export function collectPersonalNames(schema: z.ZodType, name: string, names: Set<string>): void {
  if (personalSchemas.has(schema)) names.add(name);
  const { innerType, element, options = [], shape = {} } = schema.def as Parts;
  for (const part of [innerType, element, ...options]) {
    if (part !== undefined) collectPersonalNames(part, name, names);
  }
  for (const [member, part] of Object.entries(shape)) collectPersonalNames(part, member, names);
}
