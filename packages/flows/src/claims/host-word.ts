import type { Clock } from '@seek-pass-kit/core';
import { failureName } from '../jobs/retry-plan.ts';

/** For how long a page waits for code of the host, in milliseconds. */
const patienceMs = 10_000;

/** Code of the host did not do its part. The message names its setting and what went wrong, and nothing that it said: a log may have it. */
export class HostFailure extends Error {
  override readonly name = 'HostFailure';
}

/**
 * Asks code of the host for its word, and waits ten seconds.
 *
 * @throws {HostFailure} when it threw, or said nothing.
 */
export async function askHost<Word>(
  setting: 'proof.host' | 'guardian' | 'handoff.mayClaim',
  clock: Clock,
  ask: () => Promise<Word> | Word,
): Promise<Word> {
  let stop: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    stop = clock.setTimer(patienceMs, () => {
      reject(new HostFailure(`${setting} did not answer in time: look at what it waits for.`));
    });
  });
  const word = (async () => ask())().catch((error: unknown) => {
    throw new HostFailure(`${setting} failed with ${failureName(error)}.`, { cause: error });
  });
  try {
    return await Promise.race([word, late]);
  } finally {
    stop?.();
  }
}
