import { AsyncResource } from 'node:async_hooks';
import type { Knex } from 'knex';

/** Others that want the one connection wait for no longer than about this. */
const mostMs = 25;

/** For a clock that stands still. */
const mostTogether = 32;

/** What is stored or undone as a whole, within a transaction that others are in, too. */
interface Part {
  /** Ends with its changes in place or undone. @returns whether others may follow: never after a failure, which may have ended it all. */
  carryOut(shared: Knex.Transaction): Promise<boolean>;
  /** Told when everything is stored. */
  stored(): void;
  /** Told when nothing is. */
  undone(error: unknown): void;
}

/**
 * Transactions on the one connection of SQLite, where each COMMIT waits for the disk: those that are asked for at the same time come one after
 * another, each within a savepoint of its own, and share one COMMIT. Nobody has an answer before that is on the disk.
 */
class SharedCommits {
  readonly #knex: Knex;
  readonly #waiting: Part[] = [];
  #working = false;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Carries `work` out with a transaction that it may nest its own in. It throws what `work` throws, and what the COMMIT does. */
  run<T>(work: (shared: Knex) => Promise<T>, now: () => number): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: { readonly value: T } | { readonly error: unknown } | undefined;
      // Strapi knows by the caller which request something is done for.
      const own = AsyncResource.bind(work);
      this.#waiting.push({
        async carryOut(shared) {
          try {
            result = { value: await own(shared) };
            return true;
          } catch (error) {
            result = { error };
            return false;
          }
        },
        stored() {
          if (result !== undefined && 'value' in result) resolve(result.value);
          else reject(result?.error);
        },
        undone(error) {
          reject(result !== undefined && 'error' in result ? result.error : error);
        },
      });
      if (!this.#working) void this.#work(now);
    });
  }

  async #work(now: () => number): Promise<void> {
    this.#working = true;
    while (this.#waiting.length > 0) await this.#together(now);
    this.#working = false;
  }

  async #together(now: () => number): Promise<void> {
    const parts: Part[] = [];
    try {
      const shared = await this.#knex.transaction();
      // Knex gives a transaction also when its BEGIN failed, and tells so by this promise.
      if (shared.isCompleted()) await shared.executionPromise;
      const until = now() + mostMs;
      let goesOn = true;
      while (goesOn && parts.length < mostTogether && (parts.length === 0 || now() < until)) {
        const next = this.#waiting.shift();
        if (next === undefined) break;
        parts.push(next);
        goesOn = await next.carryOut(shared);
      }
      await shared.commit();
      await shared.executionPromise;
    } catch (error) {
      // There is no connection to be had.
      if (parts.length === 0) parts.push(...this.#waiting.splice(0));
      for (const part of parts) part.undone(error);
      return;
    }
    for (const part of parts) part.stored();
  }
}

const byConnection = new WeakMap<Knex, SharedCommits>();

/** Of everybody who has transactions on this connection. */
export function sharedCommits(knex: Knex): SharedCommits {
  const known = byConnection.get(knex) ?? new SharedCommits(knex);
  byConnection.set(knex, known);
  return known;
}
