import { AuthenticationError, ConfigurationError } from '../errors.ts';
import type { Settings } from '../resolve-options.ts';
import type { Secret } from '../redaction.ts';
import type { ScopeSet } from '../scope.ts';
import { scopeSet } from '../scope.ts';
import type { ClockOffset } from './clock-offset.ts';
import type { Grant } from './token-request.ts';
import type { StoredToken, TokenStore } from './token-store.ts';

/** A token in use. Times are by the clock of this machine. */
export class Token {
  readonly #value: string;
  /** The scope set it was given for. */
  readonly key: string;
  readonly fetchedAt: number;
  readonly expiresAt: number;
  /** Fetched because the one before it was refused. */
  readonly replacement: boolean;

  constructor(
    value: string,
    key: string,
    times: { fetchedAt: number; expiresAt: number; replacement: boolean },
  ) {
    this.#value = value;
    this.key = key;
    this.fetchedAt = times.fetchedAt;
    this.expiresAt = times.expiresAt;
    this.replacement = times.replacement;
  }

  get value(): string {
    return this.#value;
  }

  /** Value of the `Authorization` header. */
  get header(): string {
    return `Bearer ${this.#value}`;
  }
}

interface Entry {
  readonly set: ScopeSet;
  token: Token | undefined;
  refreshAt: number;
  pending: Promise<Token> | undefined;
  /** The last value that SEEK Pass refused: never used again, whoever still holds it. */
  refused: string | undefined;
}

/** A replacement that is refused too is kept this long before another is tried: a new token would not help. */
const replacementRestMs = 60_000;
const failedRefreshRestMs = 5_000;

/** How {@link TokenSource} asks SEEK Pass for a token. */
export type RequestToken = (secret: Secret, set: ScopeSet) => Promise<Grant>;

/**
 * The tokens of one client, one per set of scopes: cached, fetched once however many calls wait for it, renewed before they end at a
 * time spread by chance, replaced when refused.
 */
export class TokenSource {
  readonly #settings: Settings;
  readonly #offset: ClockOffset;
  readonly #request: RequestToken;
  readonly #entries = new Map<string, Entry>();

  constructor(settings: Settings, offset: ClockOffset, request: RequestToken) {
    this.#settings = settings;
    this.#offset = offset;
    this.#request = request;
  }

  /** A token with these scopes: at once when one is cached. Throws `ConfigurationError` when the client was not granted them. */
  take(set: ScopeSet): Token | Promise<Token> {
    const entry = this.#entries.get(set.key) ?? this.#newEntry(set);
    const { token } = entry;
    if (token !== undefined) {
      const now = this.#settings.clock.now();
      if (now < entry.refreshAt) return token;
      if (now < token.expiresAt) {
        if (entry.pending === undefined) this.#renewInBackground(entry);
        return token;
      }
    }
    return entry.pending ?? this.#fetch(entry);
  }

  /**
   * The scopes for a call whose scope SEEK Pass does not document: those of the setting, else of any token at hand, else the
   * first of `scopes`.
   */
  anySet(preferred: string | undefined, settingName: string): ScopeSet {
    if (preferred !== undefined) return scopeSet([preferred]);
    const now = this.#settings.clock.now();
    for (const { set, token } of this.#entries.values()) {
      if (token !== undefined && now < token.expiresAt) return set;
    }
    const first = this.#settings.scopes?.[0];
    if (first !== undefined) return scopeSet([first]);
    throw new ConfigurationError(
      `SEEK Pass does not document the scope of this call: set ${settingName}, or scopes to what this client was granted.`,
    );
  }

  /**
   * Notes that SEEK Pass refused this token. It is dropped only while it is still the one in use. False: a new one was just fetched for the same
   * reason, another would not help.
   */
  refused(token: Token): boolean {
    const entry = this.#entries.get(token.key);
    if (entry === undefined || entry.token !== token) return true;
    if (token.replacement && this.#settings.clock.now() - token.fetchedAt < replacementRestMs) return false;
    entry.token = undefined;
    entry.refused = token.value;
    return true;
  }

  #newEntry(set: ScopeSet): Entry {
    const { scopes } = this.#settings;
    const missing = scopes === undefined ? undefined : set.scopes.find((scope) => !scopes.includes(scope));
    if (missing !== undefined) {
      throw new ConfigurationError(
        `This call needs the scope ${missing}, which is not in the setting scopes: ask SEEK Pass for it and add it there.`,
      );
    }
    const entry: Entry = { set, token: undefined, refreshAt: 0, pending: undefined, refused: undefined };
    this.#entries.set(set.key, entry);
    return entry;
  }

  #fetch(entry: Entry): Promise<Token> {
    const pending = this.#obtain(entry).finally(() => {
      entry.pending = undefined;
    });
    entry.pending = pending;
    return pending;
  }

  #renewInBackground(entry: Entry): void {
    this.#fetch(entry).catch(() => {
      // The token at hand still works: try again a little later, and let the error out once it has ended.
      const { clock, random } = this.#settings;
      entry.refreshAt = clock.now() + failedRefreshRestMs * (0.5 + random());
    });
  }

  /** From the shared store where there is one, else from SEEK Pass. */
  async #obtain(entry: Entry): Promise<Token> {
    const { tokenStore: store } = this.#settings;
    if (store === undefined) return this.#fromSeekPass(entry);
    const key = this.#storeKey(entry.set);
    const { refused } = entry;
    if (refused !== undefined) await this.#quietly('delete', () => store.delete(key, refused));
    const shared = await this.#fromStore(store, key, entry);
    if (shared !== undefined) return shared;

    let result: Token | undefined;
    let failure: unknown;
    const locked = await this.#quietly('lock', async () => {
      await store.withLock(key, async () => {
        try {
          result = await this.#fromStore(store, key, entry);
          result ??= await this.#fromSeekPass(entry, (token) =>
            this.#quietly('set', () => store.set(key, token)),
          );
        } catch (error) {
          failure = error;
        }
      });
      return true;
    });
    if (result !== undefined) return result;
    if (failure !== undefined) throw failure;
    // The lock failed before our turn came: better one token too many than no call.
    if (locked === undefined) return this.#fromSeekPass(entry);
    throw new ConfigurationError(
      'tokenStore.withLock did not run its work: it must call it and wait for it.',
    );
  }

  async #fromStore(store: TokenStore, key: string, entry: Entry): Promise<Token | undefined> {
    const stored = await this.#quietly('get', () => store.get(key));
    if (stored === undefined || stored === null || stored.value === entry.refused) return undefined;
    const now = this.#settings.clock.now();
    const shift = this.#offset.ms ?? 0;
    if (!(now < stored.refreshAt - shift && now < stored.expiresAt - shift)) return undefined;
    return this.#adopt(entry, stored.value, now, stored.refreshAt - shift, stored.expiresAt - shift);
  }

  async #fromSeekPass(entry: Entry, share?: (token: StoredToken) => Promise<unknown>): Promise<Token> {
    const { clock, random } = this.#settings;
    const { value, lifeMs } = await this.#newestSecretFirst(entry.set);
    this.#checkClock();
    const now = clock.now();
    const refreshAt = now + lifeMs * (0.75 + 0.15 * random());
    const expiresAt = now + lifeMs - Math.min(10_000, lifeMs * 0.1);
    const shift = this.#offset.ms ?? 0;
    await share?.({ value, refreshAt: refreshAt + shift, expiresAt: expiresAt + shift });
    return this.#adopt(entry, value, now, refreshAt, expiresAt);
  }

  #adopt(entry: Entry, value: string, now: number, refreshAt: number, expiresAt: number): Token {
    const replacement = entry.refused !== undefined && entry.token === undefined;
    const token = new Token(value, entry.set.key, { fetchedAt: now, expiresAt, replacement });
    entry.token = token;
    entry.refreshAt = refreshAt;
    return token;
  }

  /** During a rotation SEEK Pass may know only one of two secrets. */
  async #newestSecretFirst(set: ScopeSet): Promise<Grant> {
    const { clientSecrets } = this.#settings;
    const [newest, previous] = clientSecrets;
    if (newest === undefined) throw new ConfigurationError('clientSecret is missing: set it.');
    try {
      return await this.#request(newest, set);
    } catch (error) {
      if (previous === undefined || !isInvalidClient(error)) throw error;
      return this.#request(previous, set);
    }
  }

  #checkClock(): void {
    const { maxClockSkewMs } = this.#settings;
    const offset = this.#offset.ms ?? 0;
    if (Math.abs(offset) <= maxClockSkewMs) return;
    const minutes = Math.max(1, Math.round(Math.abs(offset) / 60_000));
    throw new ConfigurationError(
      `The clock of this machine is about ${minutes} min ${offset > 0 ? 'behind' : 'ahead of'} SEEK Pass's: set it right (NTP), or raise maxClockSkewMs.`,
      'clock_skewed',
    );
  }

  #storeKey(set: ScopeSet): string {
    return `${this.#settings.origin} ${this.#settings.clientId} ${set.key}`;
  }

  /** A shared store is a convenience: when it fails, the call goes on without it. */
  async #quietly<T>(
    action: 'get' | 'set' | 'delete' | 'lock',
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await work();
    } catch {
      try {
        this.#settings.onEvent?.({ type: 'token_store_failed', action });
      } catch {
        // An observer must not break a call.
      }
      return undefined;
    }
  }
}

/** The body of OAuth errors is not documented by SEEK Pass: the status 401 and RFC 6749's `invalid_client` both count. */
function isInvalidClient(error: unknown): boolean {
  if (!AuthenticationError.is(error) || error.code !== 'authentication_failed') return false;
  return error.status === 401 || (error.responseBody?.includes('"invalid_client"') ?? false);
}
