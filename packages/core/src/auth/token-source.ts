import { ConfigurationError, SeekPassError } from '../errors.ts';
import { Secret } from '../redaction.ts';
import type { Settings } from '../resolve-options.ts';
import type { ScopeSet } from '../scope.ts';
import { scopeSet } from '../scope.ts';
import type { SeekPassTime } from './seek-pass-time.ts';
import type { Grant, RequestToken } from './token-request.ts';
import type { StoredToken, TokenStore } from './token-store.ts';

/** A token in use. Times are by the clock of this machine. */
export interface Token {
  readonly value: Secret;
  readonly expiresAt: number;
  refreshAt: number;
  /** Until then a refusal does not drop it: it was fetched because the one before was refused, so another would not help. */
  readonly keptUntil: number;
}

/** What is known about one set of scopes. */
interface Entry {
  readonly set: ScopeSet;
  token?: Token | undefined;
  pending?: Promise<Token> | undefined;
  /** The last value that SEEK Pass refused: never used again, whoever still holds it. */
  refused?: string;
}

const replacementRestMs = 60_000;
const failedRefreshRestMs = 5_000;

/**
 * The tokens of one client, one per set of scopes: cached, fetched once however many calls wait for it, renewed before they end at a
 * time spread by chance, replaced when refused.
 */
export interface TokenSource {
  /** A token with these scopes: at once when one is cached. Throws `ConfigurationError` when the client was not granted them. */
  take(set: ScopeSet): Token | Promise<Token>;
  /**
   * The scopes for a call whose scope SEEK Pass does not document: those of the setting, else of any token at hand, else the
   * first of `scopes`.
   */
  anySet(settingName: 'statusScope' | 'webhookScope'): ScopeSet;
  /**
   * Notes that SEEK Pass refused this token. It is dropped only while it is still the one in use. False: a new one was just fetched for the same
   * reason, another would not help.
   */
  refused(set: ScopeSet, token: Token): boolean;
}

/** Makes a {@link TokenSource}. */
export function createTokenSource(
  settings: Settings,
  time: SeekPassTime,
  request: RequestToken,
): TokenSource {
  const { clock, random, scopes, tokenStore, clientSecrets, maxClockSkewMs, onEvent } = settings;
  const entries = new Map<string, Entry>();

  function newEntry(set: ScopeSet): Entry {
    const missing = scopes && set.scopes.find((scope) => !scopes.includes(scope));
    if (missing !== undefined) {
      throw new ConfigurationError(
        `This call needs the scope ${missing}, which is not in the setting scopes: ask SEEK Pass for it and add it there.`,
      );
    }
    const entry: Entry = { set };
    entries.set(set.key, entry);
    return entry;
  }

  function fetchToken(entry: Entry): Promise<Token> {
    const source = tokenStore ? shared(entry, tokenStore) : fromSeekPass(entry.set);
    entry.pending = source
      .then((token) => adopt(entry, token))
      .finally(() => {
        entry.pending = undefined;
      });
    return entry.pending;
  }

  /** The token of the shared store; fetched under its lock when it has none. */
  async function shared(entry: Entry, store: TokenStore): Promise<StoredToken> {
    const { set, refused } = entry;
    const key = `${settings.origin} ${settings.clientId} ${set.key}`;
    if (refused !== undefined) await quietly('delete', () => store.delete(key, refused));
    const stored = async (): Promise<StoredToken | undefined> => {
      const token = await quietly('get', () => store.get(key));
      const now = time.now();
      const usable = token && token.value !== entry.refused && now < token.refreshAt && now < token.expiresAt;
      return usable ? token : undefined;
    };
    const fetched = async (): Promise<StoredToken> => {
      const other = await stored();
      if (other !== undefined) return other;
      const token = await fromSeekPass(set);
      await quietly('set', () => store.set(key, token));
      return token;
    };

    const found = await stored();
    if (found !== undefined) return found;
    let result: PromiseSettledResult<StoredToken> | undefined;
    const locked = await quietly('lock', async () => {
      await store.withLock(key, async () => {
        [result] = await Promise.allSettled([fetched()]);
      });
      return true;
    });
    if (result?.status === 'fulfilled') return result.value;
    if (result !== undefined) throw result.reason;
    // The lock failed before our turn came: better one token too many than no call.
    if (locked === undefined) return fromSeekPass(set);
    throw new ConfigurationError(
      'tokenStore.withLock did not run its work: it must call it and wait for it.',
    );
  }

  async function fromSeekPass(set: ScopeSet): Promise<StoredToken> {
    const { value, lifeMs } = await grant(set);
    const offset = time.offsetMs() ?? 0;
    if (Math.abs(offset) > maxClockSkewMs) throw clockSkewed(offset);
    const now = time.now();
    return {
      value,
      refreshAt: now + lifeMs * (0.75 + 0.15 * random()),
      expiresAt: now + lifeMs - Math.min(10_000, lifeMs * 0.1),
    };
  }

  /** The newest secret first: during a rotation SEEK Pass may know only one of two. */
  async function grant(set: ScopeSet): Promise<Grant> {
    const [newest, previous] = clientSecrets;
    try {
      return await request(newest, set);
    } catch (error) {
      if (previous === undefined || !isInvalidClient(error)) throw error;
      return request(previous, set);
    }
  }

  function adopt(entry: Entry, { value, refreshAt, expiresAt }: StoredToken): Token {
    const offset = time.offsetMs() ?? 0;
    const replaces = entry.refused !== undefined && entry.token === undefined;
    entry.token = {
      value: new Secret(value),
      refreshAt: refreshAt - offset,
      expiresAt: expiresAt - offset,
      keptUntil: replaces ? clock.now() + replacementRestMs : 0,
    };
    onEvent?.({ type: 'token', expiresInMs: entry.token.expiresAt - clock.now() });
    return entry.token;
  }

  /** A shared store is a convenience: when it fails, the call goes on without it. */
  async function quietly<T>(
    action: 'get' | 'set' | 'delete' | 'lock',
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await work();
    } catch {
      onEvent?.({ type: 'token_store_failed', action });
      return undefined;
    }
  }

  return {
    take(set) {
      const entry = entries.get(set.key) ?? newEntry(set);
      const { token } = entry;
      const now = clock.now();
      if (token === undefined || now >= token.expiresAt) return entry.pending ?? fetchToken(entry);
      if (now >= token.refreshAt && entry.pending === undefined) {
        fetchToken(entry).catch(() => {
          // The token at hand still works: try again a little later, and let the error out once it has ended.
          token.refreshAt = clock.now() + failedRefreshRestMs * (0.5 + random());
        });
      }
      return token;
    },

    anySet(settingName) {
      const preferred = settings[settingName];
      if (preferred !== undefined) return scopeSet([preferred]);
      const now = clock.now();
      for (const { set, token } of entries.values()) {
        if (token !== undefined && now < token.expiresAt) return set;
      }
      const first = scopes?.[0];
      if (first !== undefined) return scopeSet([first]);
      throw new ConfigurationError(
        `SEEK Pass does not document the scope of this call: set ${settingName}, or scopes to what this client was granted.`,
      );
    },

    refused(set, token) {
      const entry = entries.get(set.key);
      if (entry?.token !== token) return true;
      if (clock.now() < token.keptUntil) return false;
      entry.token = undefined;
      entry.refused = token.value.reveal();
      return true;
    },
  };
}

function clockSkewed(offsetMs: number): ConfigurationError {
  const minutes = Math.max(1, Math.round(Math.abs(offsetMs) / 60_000));
  return new ConfigurationError(
    `The clock of this machine is about ${minutes} min ${offsetMs > 0 ? 'behind' : 'ahead of'} SEEK Pass's: set it right (NTP), or raise maxClockSkewMs.`,
    'clock_skewed',
  );
}

/** The body of OAuth errors is not documented by SEEK Pass: the status 401 and RFC 6749's `invalid_client` both count. */
function isInvalidClient(error: unknown): boolean {
  if (!SeekPassError.is(error) || error.code !== 'authentication_failed') return false;
  return error.status === 401 || error.responseBody?.includes('"invalid_client"') === true;
}
