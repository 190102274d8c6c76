import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';

/** A store that passes everything on, and counts how many guesses it let see a code. */
export function watchedStore(store: Store = createMemoryStore()): {
  readonly store: Store;
  readonly seen: () => number;
} {
  let seen = 0;
  return {
    seen: () => seen,
    store: {
      ...store,
      transaction: (work, options) =>
        store.transaction(
          (tx) =>
            work({
              ...tx,
              async tryClaimCode(...guess) {
                const code = await tx.tryClaimCode(...guess);
                if (code !== undefined) seen += 1;
                return code;
              },
            }),
          options,
        ),
    },
  };
}
