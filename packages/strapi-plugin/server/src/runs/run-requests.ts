import { credentialTypes } from '@seek-pass-kit/core';
import { dateFormats } from '@seek-pass-kit/flows/bulk';
import { z } from 'zod';
import { mostTicked } from '../../../contract/runs.ts';
import { localeInput } from '../permissions/locale-input.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,63}$/);
const uid = z.string().max(200);
const mappingName = z.string().max(100);
const title = z.string().min(1).max(500);

export const columnMapping = z.strictObject({
  type: z.enum(credentialTypes),
  columns: z.record(
    z.string().max(200),
    z.union([title, z.array(title).min(1).max(10), z.strictObject({ const: title })]),
  ),
  dateFormat: z.enum(dateFormats).optional(),
});

/** How a file is to be read where it does not say so itself. */
export const fileReading = {
  sheet: z.string().max(100).optional(),
  delimiter: z.string().min(1).max(1).optional(),
};

/** As deep as Strapi reads the query of an address: looking through one of thousands of levels keeps the whole site waiting. */
function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

/** Body of `POST /runs`. */
export const runRequest = z.discriminatedUnion('source', [
  z.strictObject({
    source: z.literal('ticked'),
    contentType: uid,
    mapping: mappingName,
    locale: localeInput.optional(),
    documentIds: z.array(id).min(1).max(mostTicked),
  }),
  z.strictObject({
    source: z.literal('filter'),
    contentType: uid,
    mapping: mappingName,
    locale: localeInput.optional(),
    /** What the list view asks the Content Manager; it refuses what it does not know. */
    query: z
      .record(z.string().max(100), z.unknown())
      .refine((query) => isShallow(query, 20) && JSON.stringify(query).length <= 20_000),
  }),
  z.strictObject({ source: z.literal('import'), fileId: id, mapping: columnMapping, ...fileReading }),
]);

export type RunRequest = z.infer<typeof runRequest>;

export const runId = id;
export const confirmation = z.strictObject({ awards: z.number().int().min(0) });
export const listQuery = z.strictObject({ before: z.string().max(100).optional() });
export const rowsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  only: z.literal('refused').optional(),
});
export const resultsQuery = z.strictObject({ after: z.coerce.number().int().min(0).default(0) });
export const mappingsQuery = z.strictObject({ contentType: uid });
