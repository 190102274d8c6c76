import type { z } from 'zod';
import { check } from '../credentials/check.ts';
import type { Problem } from '../credentials/problem.ts';
import { InvalidPayloadError } from '../errors.ts';

/** The JSON of a value that fits its schema. Throws `InvalidPayloadError` with every problem, so that nothing is sent. */
export function checkedBody(schema: z.ZodType, value: object): string {
  const problems: Problem[] = [];
  const body = check(schema, value, problems);
  if (problems.length > 0) throw new InvalidPayloadError(problems);
  return JSON.stringify(body);
}
