import { ConfigurationError, SeekPassError } from '@seek-pass-kit/core';
import { isStoreUnavailable } from '../errors/error-kind.ts';

/** What is wrong with a setting, or a database that is away, with the name of the registration before it. Every other error as it is. */
export function namedError(registration: string, error: unknown): unknown {
  if (isStoreUnavailable(error)) {
    const message = `SeekPassModule '${registration}': ${error.message}`;
    return Object.assign(new Error(message, { cause: error }), { name: error.name });
  }
  if (!isConfigurationError(error)) return error;
  return new ConfigurationError(
    error.problems.map((problem) => ({
      ...problem,
      message: `SeekPassModule '${registration}': ${problem.message}`,
    })),
  );
}

/** Whether settings are wrong, whichever copy of the core says so. */
export function isConfigurationError(error: unknown): error is ConfigurationError {
  return SeekPassError.is(error) && error.code === 'invalid_configuration';
}
