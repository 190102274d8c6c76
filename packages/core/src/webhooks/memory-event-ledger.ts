import { ConfigurationError } from '../errors.ts';
import type { EventLedger } from './process-once.ts';

/** Settings of {@link createMemoryEventLedger}. */
export interface MemoryEventLedgerOptions {
  /** How long a completed event is remembered, in milliseconds. Default 24 hours, at least 30 minutes. */
  readonly windowMs?: number;
  /** After how long a claim that was never completed runs out, in milliseconds. Default 60,000. */
  readonly leaseMs?: number;
  /** How many events are remembered at most; the oldest are forgotten first. Default 100,000. */
  readonly maxEvents?: number;
  /** Milliseconds since the epoch. Default: the machine's clock. */
  readonly now?: () => number;
}

/** Twice the documented tolerance: a delivery dated 900 s ahead stays fresh until 900 s after its date. */
const replayWindowMs = 30 * 60_000;

/**
 * An {@link EventLedger} in memory: for tests, and for one process that may forget on a restart. It never grows beyond
 * `maxEvents`.
 *
 * @throws {ConfigurationError} `invalid_configuration` when `windowMs` is too short to stop a replay, or another
 * number is not above 0.
 */
export function createMemoryEventLedger(options: MemoryEventLedgerOptions = {}): EventLedger {
  const { windowMs = 24 * 3_600_000, leaseMs = 60_000, maxEvents = 100_000, now = Date.now } = options;
  if (!(windowMs >= replayWindowMs)) {
    throw new ConfigurationError(
      `\`windowMs\` must be at least ${replayWindowMs}: until then a captured webhook can be replayed. Raise it.`,
    );
  }
  if (!(leaseMs > 0 && maxEvents >= 1)) {
    throw new ConfigurationError('`leaseMs` and `maxEvents` must be numbers above 0. Mend the setting.');
  }
  /** In the order of their last change, so that the oldest come first. `token` is undefined once completed. */
  const entries = new Map<string, { token: string | undefined; expiresAt: number }>();
  let claims = 0;

  function put(eventId: string, token: string | undefined, expiresAt: number): void {
    entries.delete(eventId);
    entries.set(eventId, { token, expiresAt });
    if (entries.size <= maxEvents) return;
    for (const oldest of entries.keys()) {
      if (entries.size <= maxEvents) break;
      entries.delete(oldest);
    }
  }

  return {
    async claim(eventId) {
      const entry = entries.get(eventId);
      if (entry !== undefined && entry.expiresAt > now()) {
        return { outcome: entry.token === undefined ? 'completed' : 'in_progress' };
      }
      claims += 1;
      const token = String(claims);
      put(eventId, token, now() + leaseMs);
      return { outcome: 'claimed', eventId, token };
    },
    async complete({ eventId }) {
      // Whoever holds the claim by now: the work is done.
      put(eventId, undefined, now() + windowMs);
    },
    async release({ eventId, token }) {
      if (entries.get(eventId)?.token === token) entries.delete(eventId);
    },
  };
}
