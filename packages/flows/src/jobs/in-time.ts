import type { Clock } from '@seek-pass-kit/core';
import type { JobControl } from './runner.ts';

/** Well below the time after which the runner lets a job go, so that the failure is recorded by whoever has the job. */
const patienceMs = 5 * 60_000;

/**
 * Waits for code of the host, and for five minutes at most: a promise that never settles would hold up everything that its worker does.
 * After that its signal fires and the job has failed, as if the code had thrown.
 */
export async function inTime<T>(
  clock: Clock,
  { signal }: JobControl,
  work: (control: JobControl) => Promise<T> | T,
): Promise<T> {
  const late = new AbortController();
  let cancel: (() => void) | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    cancel = clock.setTimer(patienceMs, () => {
      late.abort();
      reject(new HandlerTimeout('A handler did not end within five minutes.'));
    });
  });
  try {
    return await Promise.race([work({ signal: AbortSignal.any([signal, late.signal]) }), tooLate]);
  } finally {
    cancel?.();
  }
}

class HandlerTimeout extends Error {
  override readonly name = 'HandlerTimeout';
}
