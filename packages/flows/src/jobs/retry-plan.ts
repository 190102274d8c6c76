import { SeekPassError, type SeekPassErrorCode } from '@seek-pass-kit/core';
import type { Settlement } from '../store/jobs.ts';
import { StoreConflict } from '../store/ports.ts';
import { isError } from '../is-error.ts';

/** After this many tries a job is set aside for a person; with the waits below that is about a day and a half. */
const mostAttempts = 16;

const firstWaitMs = 10_000;
const longestWaitMs = 4 * 3_600_000;

/** Repeating these gives the same answer until a person has changed something. */
const hopeless: ReadonlySet<SeekPassErrorCode> = new Set([
  'invalid_payload',
  'rejected',
  'hostile_redirect',
  'invalid_configuration',
]);

/** What to do with a job that failed, by what it failed with. Reasons are codes and names: a message may say too much. */
export function afterFailure(error: unknown, attempt: number, now: number, random: () => number): Settlement {
  if (SeekPassError.is(error)) {
    if (error.code === 'aborted') return { retryAt: now };
    if (hopeless.has(error.code)) return { dead: error.code };
  }
  if (StoreConflict.is(error)) return { retryAt: now + Math.ceil(random() * 1_000) };
  if (attempt >= mostAttempts) return { dead: `gave up after ${attempt} tries: ${failureName(error)}` };
  const asked = SeekPassError.is(error) ? (error.retryAfterMs ?? 0) : 0;
  return { retryAt: now + Math.max(asked, waitBefore(attempt + 1, random)) };
}

/** Doubles, up to four hours; a random half of it, so that what failed together does not come back together. */
function waitBefore(attempt: number, random: () => number): number {
  const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 2));
  return Math.ceil(longest / 2 + (random() * longest) / 2);
}

/** What stands for an error where its message must not: its code, or the name of its class. */
export function failureName(error: unknown): string {
  if (SeekPassError.is(error)) return error.code;
  return isError(error) ? error.name : 'unknown';
}
