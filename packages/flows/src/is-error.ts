import { isNativeError } from 'node:util/types';

/** Whether something is an error, also of another realm: in a test runner that gives tests a realm of their own, what Node itself throws is no `instanceof Error`. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || isNativeError(value);
}
