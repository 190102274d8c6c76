import { type Clock, SeekPassError } from '@seek-pass-kit/core';

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
    throw new ApplicationFailure(`${what} failed with ${nameOf(error)}.`, { cause: error });
  });
  try {
    return await Promise.race([word, late]);
  } finally {
    stop?.();
  }
}

/** What may be said of something that was thrown. In Jest what Node throws is no `Error` of the test. */
export function nameOf(error: unknown): string {
  const isNamed = typeof error === 'object' && error !== null && 'name' in error;
  return isNamed && typeof error.name === 'string' ? error.name : typeof error;
}

/**
 * Why a claim page failed, in words for the log, when they are our own: what the application threw may say too much. Without the signs that
 * a log lets through in no reason.
 */
export function reasonOf(error: unknown): string | undefined {
  const isOurs =
    error instanceof ApplicationFailure ||
    (SeekPassError.is(error) && error.code === 'invalid_configuration');
  return isOurs ? error.message.replaceAll(/[^\w :.-]/g, '').slice(0, 160) : undefined;
}
