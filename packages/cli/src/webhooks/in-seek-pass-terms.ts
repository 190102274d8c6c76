import { SeekPassError } from '@seek-pass-kit/core';
import { CommandError } from '../command-error.ts';

/** What a call to SEEK Pass gives; that it failed is told as a `CommandError`. Errors about settings stay as they are. */
export async function inSeekPassTerms<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    if (!SeekPassError.is(error)) throw error;
    switch (error.code) {
      case 'invalid_configuration':
      case 'clock_skewed':
        throw error;
      case 'rejected':
      case 'authentication_failed':
        throw new CommandError('refused_by_seek_pass', error.message, { cause: error });
      default:
        throw new CommandError('no_answer', error.message, { cause: error });
    }
  }
}
