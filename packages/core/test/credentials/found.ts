import {
  type Credential,
  type ProblemCode,
  type ValidationResult,
  validate,
} from '../../src/credentials/index.ts';
import { samples } from './samples.ts';

/** Path and code of a problem: the words are free to change. */
export type Found = readonly [path: string, code: ProblemCode];

/** Paths and codes of all problems. */
export function found(result: ValidationResult): Found[] {
  return result.problems.map(({ path, code }) => [path, code]);
}

/** What `validate` finds in the sample of a type after some fields were changed; `undefined` leaves a field out. */
export function afterChange(
  type: Credential['credential_type'],
  change: object,
  beside: object = {},
): Found[] {
  const sample = samples[type];
  return found(validate({ ...sample, fields: { ...sample.fields, ...change }, ...beside }));
}
