import { z } from 'zod';

/** Marks of schemas whose value is personal data. */
const personalSchemas = z.registry<{ readonly personal: true }>();

/** Marks a schema: its value says something about a person and stays out of logs, messages and spans. Wrap it in `optional` afterwards. */
export function personal<S extends z.ZodType>(schema: S): S {
  personalSchemas.add(schema, { personal: true });
  return schema;
}

/** The names of all members below `schema` whose schema is marked. */
export function personalMemberNames(schema: z.core.$ZodType, names: Set<string> = new Set()): Set<string> {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray) return personalMemberNames(inner.element, names);
  if (!(inner instanceof z.ZodObject)) return names;
  for (const [name, member] of Object.entries<z.core.$ZodType>(inner.shape)) {
    if (isMarked(member)) names.add(name);
    personalMemberNames(member, names);
  }
  return names;
}

function isMarked(schema: z.core.$ZodType): boolean {
  if (personalSchemas.has(schema)) return true;
  return schema instanceof z.ZodArray
    ? isMarked(schema.element)
    : isWrapped(schema) && isMarked(schema.def.innerType);
}

/** The schema inside `optional` and `nullable`. */
export function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return isWrapped(schema) ? bare(schema.def.innerType) : schema;
}

function isWrapped(schema: z.core.$ZodType): schema is z.ZodOptional | z.ZodNullable {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable;
}
