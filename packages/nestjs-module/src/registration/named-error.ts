import { ConfigurationError, SeekPassError } from '@seek-pass-kit/core';

/** What is wrong with a setting, with the name of the registration before it. Every other error as it is. */
export function namedError(registration: string, error: unknown): unknown {
  return SeekPassError.is(error) && error.code === 'invalid_configuration'
    ? new ConfigurationError(`SeekPassModule '${registration}': ${error.message}`)
    : error;
}
