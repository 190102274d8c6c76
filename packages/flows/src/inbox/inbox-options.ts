import type { Clock, Environment, SeekPass } from '@seek-pass-kit/core';
import { ConfigurationError, readSettings, systemClock } from '@seek-pass-kit/core';
import { requireWebhookSecrets } from '@seek-pass-kit/core/webhooks';
import { readIssuer } from '../add-flow-options.ts';
import { harmless, type NoticeListener } from '../flow-notice.ts';
import { checkHandlerNames } from '../jobs/handler-name.ts';
import type { KeyPort } from '../keys/key-ring.ts';
import type { Store } from '../store/ports.ts';
import type { InboxDelivery } from './inbox-delivery.ts';
import type { InboxHandlers } from './inbox-handler.ts';
import { readReceiverUrls } from './receiver-urls.ts';

/** Settings of {@link createInbox}. */
export interface InboxOptions {
  /** Whose events these are, as in the settings of the flows. Default `default`. */
  readonly issuer?: string;
  /** As in the settings of `seekPass`. */
  readonly environment: Environment;
  readonly seekPass: Pick<SeekPass, 'webhooks' | 'now'>;
  readonly store: Store;
  /** Seals the secrets that sign events; see `openKeyRing`. */
  readonly keys: KeyPort;
  /**
   * Where SEEK Pass sends to, and what the receiver answers: `https://portal.example.edu/webhooks/seek-pass`. A list: one endpoint at each of
   * them, all of this issuer. No other issuer may have one of them.
   */
  readonly receiverUrl: string | readonly string[];
  /**
   * Secrets of endpoints that were not made by {@link Inbox.createEndpoint}, newest first: accepted at each URL beside those of the store,
   * for as long as they stand here. What the store holds of a URL counts as newer.
   */
  readonly secrets?: string | readonly string[];
  readonly handlers: InboxHandlers;
  /**
   * Asks SEEK Pass about every open verification: an event may have been lost in a rotation of the secret, its result must not be.
   * Called by `runDue` after each rotation, again when it throws.
   */
  readonly onRotation?: () => Promise<void>;
  /** Told what became of each delivery, for metrics: nothing in it is personal. It must not throw. */
  readonly onDelivery?: (delivery: InboxDelivery) => void;
  /** Told, by `job_dead`, of each event that a handler has given up: its `jobId` is the id of the event. */
  readonly onNotice?: NoticeListener;
  /** For how many days an event is kept after it was handled. Default 30, at least 1. One that is not handled is kept. */
  readonly keepDays?: number;
  /** For how long a parked event is tried again, in milliseconds. Default one hour. */
  readonly parkForMs?: number;
  /**
   * How often each process reads the secrets anew, in milliseconds; default 3,000. A rotation takes four times as long, so that every
   * process knows of it before SEEK Pass does.
   */
  readonly refreshMs?: number;
  /** For how long the former secret is accepted after a rotation, in milliseconds: for events on their way. Default 15 minutes. */
  readonly overlapMs?: number;
  readonly clock?: Clock;
  /** A number from 0 up to, not including, 1. Default `Math.random`. */
  readonly random?: () => number;
}

/** What the parts of the inbox work with. Made once by `createInbox`, checked there. */
export interface InboxContext {
  readonly issuer: string;
  readonly environment: Environment;
  readonly seekPass: Pick<SeekPass, 'webhooks' | 'now'>;
  readonly store: Store;
  readonly keys: KeyPort;
  readonly receiverUrls: readonly [URL, ...URL[]];
  /** That the host holds, newest first. */
  readonly hostSecrets: readonly string[];
  readonly handlers: InboxHandlers;
  readonly onRotation: (() => Promise<void>) | undefined;
  /** Never throws. */
  readonly tell: (delivery: InboxDelivery) => void;
  /** Never throws. */
  readonly onNotice: NoticeListener;
  readonly keepMs: number;
  readonly parkForMs: number;
  readonly refreshMs: number;
  readonly overlapMs: number;
  readonly clock: Clock;
  readonly random: () => number;
}

const dayMs = 24 * 3_600_000;

/**
 * Checks the settings. Opens and sends nothing.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming each setting that is wrong.
 */
export function inboxContextOf(options: InboxOptions): InboxContext {
  const { onDelivery } = options;
  const read = readSettings({
    issuer: () => readIssuer(options.issuer ?? 'default'),
    receiverUrl: () => readReceiverUrls(options.receiverUrl, options.environment),
    secrets: () => (options.secrets === undefined ? [] : requireWebhookSecrets(options.secrets)),
    handlers: () => checkHandlerNames('handler', options.handlers),
    keepDays: () => readKeepDays(options.keepDays ?? 30),
    parkForMs: () => readMs('parkForMs', options.parkForMs ?? 3_600_000),
    refreshMs: () => readRefresh(options.refreshMs ?? 3_000),
    overlapMs: () => readMs('overlapMs', options.overlapMs ?? 15 * 60_000),
  });
  return {
    issuer: read.issuer,
    environment: options.environment,
    seekPass: options.seekPass,
    store: options.store,
    keys: options.keys,
    receiverUrls: read.receiverUrl,
    hostSecrets: read.secrets,
    handlers: options.handlers,
    onRotation: options.onRotation,
    tell: harmless(onDelivery ?? (() => undefined)),
    onNotice: harmless(options.onNotice ?? (() => undefined)),
    keepMs: read.keepDays * dayMs,
    parkForMs: read.parkForMs,
    refreshMs: read.refreshMs,
    overlapMs: read.overlapMs,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

function readKeepDays(days: number): number {
  if (days >= 1) return days;
  throw new ConfigurationError(
    'keepDays must be 1 or more: a captured delivery could be sent again meanwhile. Raise it.',
  );
}

function readMs(setting: string, ms: number): number {
  if (ms >= 0) return ms;
  throw new ConfigurationError(`${setting} must be a number of milliseconds from 0. Mend it.`);
}

function readRefresh(ms: number): number {
  if (ms > 0) return ms;
  throw new ConfigurationError('refreshMs must be a number of milliseconds above 0. Mend it.');
}
