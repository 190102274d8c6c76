import type { Clock } from './clock.ts';

/** A wait that somebody ends with a value, unless time or the caller's signal ends it first. */
export interface Wait<T> {
  readonly promise: Promise<T | 'timeout' | 'aborted'>;
  /** Ends the wait; only the first end counts. */
  readonly end: (value: T | 'timeout' | 'aborted') => void;
}

/** Starts a {@link Wait} of at most `ms` milliseconds. `onEnd` is called in the moment it ends. */
export function startWait<T = never>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  onEnd?: () => void,
): Wait<T> {
  let over = false;
  let resolve: (value: T | 'timeout' | 'aborted') => void;
  const end: Wait<T>['end'] = (value) => {
    if (over) return;
    over = true;
    stopTimer();
    signal?.removeEventListener('abort', onAbort);
    onEnd?.();
    resolve(value);
  };
  const onAbort = () => end('aborted');
  const promise = new Promise<T | 'timeout' | 'aborted'>((settle) => {
    resolve = settle;
  });
  const stopTimer = clock.setTimer(Math.max(0, ms), () => end('timeout'));
  signal?.addEventListener('abort', onAbort);
  return { promise, end };
}
