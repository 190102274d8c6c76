import { SeekPassError } from '@seek-pass-kit/core';
import { MiddlewareFailure } from './run-middlewares.ts';

/**
 * Why a claim page failed, in words for the log, when they are our own: what the application threw may say too much. Without the signs that
 * a log lets through in no reason.
 */
export function reasonOf(error: unknown): string | undefined {
  const isOurs =
    error instanceof MiddlewareFailure || (SeekPassError.is(error) && error.code === 'invalid_configuration');
  return isOurs ? error.message.replaceAll(/[^\w :.-]/g, '').slice(0, 160) : undefined;
}
