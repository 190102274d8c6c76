import { useEffect } from 'react';

const watchers = new Set<() => void>();

/** To be called after something was done to an award: what shows awards asks anew. */
export function awardsChanged(): void {
  for (const tell of watchers) tell();
}

/** Calls `ask` when something was done to an award. */
export function useAwardsChanged(ask: () => void): void {
  useEffect(() => {
    watchers.add(ask);
    return () => void watchers.delete(ask);
  }, [ask]);
}

/** While a learner is at SEEK Pass. */
const askAgainMs = 15_000;

/** Calls `ask` every now and then while `waiting`, as long as somebody looks. */
export function useWhileWaiting(ask: () => void, waiting: boolean): void {
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') ask();
    }, askAgainMs);
    return () => clearInterval(timer);
  }, [ask, waiting]);
}
