import type { Clock } from '@seek-pass-kit/core';
import { errorKind } from '../errors/error-kind.ts';
import { isConfigurationError } from '../registration/named-error.ts';

/** For how long a page waits for code of the application, in milliseconds. */
export const patienceMs = 10_000;

/** Code of the application did not do its part. The message names it and what went wrong, and nothing that it said. */
export class ApplicationFailure extends Error {
  override readonly name = 'ApplicationFailure';
}

/**
 * Asks code of the application, and waits ten seconds for its word.
 *
 * @param what names it: `claimPages.proof.host`.
 * @throws {ApplicationFailure} when it threw, or said nothing.
 */
export async function askApplication<Word>(
  what: string,
  clock: Clock,
  ask: () => Promise<Word> | Word,
): Promise<Word> {
  let stop: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    stop = clock.setTimer(patienceMs, () => {
      reject(new ApplicationFailure(`${what} did not answer in time: look at what it waits for.`));
    });
  });
  const word = (async () => ask())().catch((error: unknown) => {
    throw new ApplicationFailure(`${what} failed with ${errorKind(error)}.`, { cause: error });
  });
  try {
    return await Promise.race([word, late]);
  } finally {
    stop?.();
  }
}

/**
 * Why a claim page failed, in words for the log, when they are our own: what the application threw may say too much. Without the signs that
 * a log lets through in no reason.
 */
export function reasonOf(error: unknown): string | undefined {
  const isOurs = error instanceof ApplicationFailure || isConfigurationError(error);
  return isOurs ? error.message.replaceAll(/[^\w :.-]/g, '').slice(0, 160) : undefined;
}
