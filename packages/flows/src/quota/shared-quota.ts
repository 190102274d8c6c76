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
}

/** The lane of requests that a learner waits for. */
const claimLane = 'claims';

/**
 * How far ahead polling and other background work may reserve, in milliseconds: a learner who comes now waits this long for
 * them at most. Enough for workers to keep every turn in use while they ask for the next one.
 */
const backgroundPatienceMs = 500;

/** What is missed while nobody happens to ask may be made up for within this time: at most 5 % of a second's requests. */
const slackMs = 50;

/** A worker that got no turn asks again no sooner. */
const shortestWaitMs = 5;

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
export function sharedQuota({ store, clientId, perSecond }: SharedQuotaOptions): SharedQuota {
  if (!(perSecond > 0 && perSecond <= 10_000)) {
    throw new ConfigurationError('quota.perSecond must be above 0 and at most 10,000 requests a second.');
  }
  const key = `quota ${clientId}`;
  const rate = { everyMs: 1_000 / perSecond, slackMs };
  return {
    async turn(lane, patienceMs): Promise<QuotaTurn> {
      const patience = lane === claimLane ? patienceMs : Math.min(patienceMs, backgroundPatienceMs);
      const { taken, waitMs } = await store.limits.turn(key, rate, patience);
      return { taken, waitMs: taken ? waitMs : Math.max(waitMs, shortestWaitMs) };
    },
    pause: (ms) => store.limits.pauseTurns(key, ms),
  };
}
