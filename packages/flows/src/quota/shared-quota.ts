import { ConfigurationError, type QuotaTurn, type SharedQuota } from '@seek-pass-kit/core';
import type { Store } from '../store/ports.ts';

/** Settings of {@link sharedQuota}. */
export interface SharedQuotaOptions {
  /** The store that all processes share. */
  readonly store: Pick<Store, 'limits'>;
  /** As in the settings of the client: each client id has a quota of its own. */
  readonly clientId: string;
  /** Requests a second of all processes together, on average; fractions are fine: `0.5` is one in two seconds. */
  readonly perSecond: number;
  /** A number from 0 up to, not including, 1: spreads those who ask again. Default `Math.random`. */
  readonly random?: () => number;
}

/** The lane of requests that a learner waits for. */
const claimLane = 'claims';

/**
 * How far ahead turns are reserved, in milliseconds. Little, since a pause takes back no turn that was given; enough for
 * workers to keep every turn in use while they ask for the next one.
 */
const claimsAheadMs = 1_000;

/** Less than claims: where claims wait, background work gets no turn, and a learner who comes now waits for this much of it at most. */
const backgroundAheadMs = 500;

/** What is missed while nobody happens to ask may be made up for within this time: at most 5 % of a second's requests. */
const slackMs = 50;

/** Those who got no turn ask again within this time after there may be one, each at another moment. */
const spreadMs = 250;

/**
 * A limit on requests to SEEK Pass that all processes of one client share, for the setting `quota` of the client. Requests are spaced
 * evenly. Claims go first: background work gets a turn only where no claim waits. A 429 with `Retry-After` holds back all processes.
 *
 * ```ts
 * const seekPass = new SeekPass({ …, quota: sharedQuota({ store, clientId, perSecond: 20 }) });
 * ```
 *
 * @throws {ConfigurationError} `invalid_configuration` for a rate that is none.
 */
export function sharedQuota({
  store,
  clientId,
  perSecond,
  random = Math.random,
}: SharedQuotaOptions): SharedQuota {
  if (!(perSecond > 0 && perSecond <= 10_000)) {
    throw new ConfigurationError('quota.perSecond must be above 0 and at most 10,000 requests a second.');
  }
  const key = `quota ${clientId}`;
  const rate = { everyMs: 1_000 / perSecond, slackMs };
  return {
    async turn(lane, patienceMs): Promise<QuotaTurn> {
      const aheadMs = lane === claimLane ? claimsAheadMs : backgroundAheadMs;
      const turn = await store.limits.turn(key, rate, Math.min(patienceMs, aheadMs));
      return turn.taken ? turn : { taken: false, waitMs: turn.waitMs + random() * spreadMs };
    },
    pause: (ms) => store.limits.pauseTurns(key, ms),
  };
}
