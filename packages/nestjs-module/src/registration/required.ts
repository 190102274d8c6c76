import { ConfigurationError } from '@seek-pass-kit/core';

/** @throws {ConfigurationError} `invalid_configuration` when a setting that the flows need is not there. */
export function required<Value>(setting: string, value: Value | undefined): Value {
  if (value !== undefined) return value;
  throw new ConfigurationError(`${setting} is missing: the flows need it.`);
}
