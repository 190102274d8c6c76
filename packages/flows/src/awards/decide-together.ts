import { gather } from '../store/gather.ts';
import type { Store, StoreTransaction } from '../store/ports.ts';
import { decideAnew } from './decide-anew.ts';

interface Wanted {
  readonly awardId: string;
  readonly decide: (tx: StoreTransaction) => Promise<unknown>;
}

/** As many as one transaction decides: what it has locked is free again soon. */
const most = 100;

/** Whoever has an award for longer is waited for by the decisions about this award alone, not by all that go together with it. */
const lockWaitMs = 250;

const gathered = new WeakMap<Store, (wanted: Wanted) => Promise<unknown>>();

/**
 * Like {@link decideAnew}, for what many people do at the same time: decisions about different awards share a transaction and its
 * statements. When something goes wrong in it, each is decided by itself: nobody's fault fails another's.
 */
export async function decideTogether<T>(
  store: Store,
  awardId: string,
  decide: (tx: StoreTransaction) => Promise<T>,
): Promise<T> {
  const decideOne = gathered.get(store) ?? gatherDecisions(store);
  gathered.set(store, decideOne);
  // It is what `decide` returned.
  return (await decideOne({ awardId, decide })) as T;
}

function gatherDecisions(store: Store): (wanted: Wanted) => Promise<unknown> {
  return gather<Wanted, unknown>({
    most,
    inTurn: true,
    apart: ({ awardId }) => awardId,
    together: (wanted) =>
      store.transaction((tx) => allOf(wanted.map(({ decide }) => decide(tx))), { lockWaitMs }),
    alone: ({ decide }) => decideAnew(store, decide),
  });
}

/** Like `Promise.all`, but waits for all of them also when one fails: a transaction must not end while somebody works in it. */
async function allOf(decisions: ReadonlyArray<Promise<unknown>>): Promise<unknown[]> {
  await Promise.allSettled(decisions);
  return Promise.all(decisions);
}
