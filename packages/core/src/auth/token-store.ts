/** A token as it is shared between processes. Its value is a secret: store it where only your own processes read. */
export interface StoredToken {
  readonly value: string;
  /** When it ends, in milliseconds since the epoch by SEEK Pass's clock. */
  readonly expiresAt: number;
  /** When the next one should be fetched, by SEEK Pass's clock. */
  readonly refreshAt: number;
}

/**
 * Shares tokens between processes, so that a fleet asks for one token and not one each. Implement it over Redis, a
 * database table or the like. A store that throws is reported through `onEvent` and gone around.
 */
export interface TokenStore {
  get(key: string): Promise<StoredToken | undefined>;
  set(key: string, token: StoredToken): Promise<void>;
  /** Removes the token only while it still has this value: another process may have stored a newer one. */
  delete(key: string, value: string): Promise<void>;
  /**
   * Runs `work` while no other process runs its own for the same key, waiting for its turn. Give the lock an end of its own
   * (30 seconds) so that a crashed process does not keep it.
   */
  withLock<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** A {@link TokenStore} in memory: for several clients of one process, and for tests. */
export function createMemoryTokenStore(): TokenStore {
  const tokens = new Map<string, StoredToken>();
  const turns = new Map<string, Promise<unknown>>();
  return {
    get: async (key) => tokens.get(key),
    async set(key, token) {
      tokens.set(key, token);
    },
    async delete(key, value) {
      if (tokens.get(key)?.value === value) tokens.delete(key);
    },
    withLock(key, work) {
      const turn = (turns.get(key) ?? Promise.resolve()).then(work);
      const settled = turn.catch(() => undefined);
      turns.set(key, settled);
      return turn;
    },
  };
}
