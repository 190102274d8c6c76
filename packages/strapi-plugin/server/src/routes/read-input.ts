import { errors } from '@strapi/utils';
import type { z } from 'zod';

/**
 * What a request brought, by the schema of its route.
 *
 * @throws {ValidationError} naming each field that is wrong, never its value.
 */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => ({ path: path.map(String), message }));
  const [first] = faults;
  const where = first === undefined || first.path.length === 0 ? '' : `${first.path.join('.')}: `;
  throw new errors.ValidationError(`${where}${first?.message ?? 'The request is not right.'}`, {
    errors: faults,
  });
}
