import type { Clock } from '@seek-pass-kit/core';

/** What `work` gives, or `undefined` when it takes longer than `ms`. Nothing is broken off: who waits goes on. */
export function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimer(ms, () => resolve(undefined));
    work.then(resolve, reject).finally(cancel);
  });
}
