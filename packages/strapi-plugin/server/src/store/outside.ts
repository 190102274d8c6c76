import type { Store } from '@seek-pass-kit/flows';

/** The same store, which refuses to work while a transaction of Strapi is open around the caller. */
export function outside(inTransaction: () => boolean, store: Store): Store {
  const guarded = <Part extends object>(part: Part): Part =>
    Object.fromEntries(
      Object.entries(part).map(([name, member]) => [
        name,
        typeof member !== 'function'
          ? member
          : async (...args: unknown[]): Promise<unknown> => {
              refuse(inTransaction());
              return member(...args);
            },
      ]),
    ) as Part;
  return guarded({
    ...store,
    read: guarded(store.read),
    limits: guarded(store.limits),
    jobs: guarded(store.jobs),
  });
}

function refuse(inside: boolean): void {
  if (!inside) return;
  throw new Error(
    'SEEK Pass was asked to store something inside a transaction of Strapi. Ask after it: strapi.db.transaction(({ onCommit }) => onCommit(…)).',
  );
}
