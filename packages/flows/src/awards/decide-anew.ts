import { type Store, StoreConflict, type StoreTransaction } from '../store/ports.ts';

/** Every conflict means that somebody else got on; nobody loses this often. */
const mostConflicts = 20;

/**
 * Runs `decide` in a transaction, and again from its reads when somebody else changed meanwhile what it had read. What
 * it returns must follow from the reads of that transaction alone.
 */
export async function decideAnew<T>(store: Store, decide: (tx: StoreTransaction) => Promise<T>): Promise<T> {
  for (let conflicts = 0; ; conflicts += 1) {
    try {
      return await store.transaction(decide);
    } catch (error) {
      if (!StoreConflict.is(error) || conflicts >= mostConflicts) throw error;
    }
  }
}
