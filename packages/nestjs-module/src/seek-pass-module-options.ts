import type { SeekPassOptions } from '@seek-pass-kit/core';
import type {
  AddFlowOptions,
  Brand,
  DocumentHandlerOptions,
  DocumentOptions,
  InboxOptions,
  KeyPort,
  MailPort,
  Store,
  VerifyFlowOptions,
  WebhookRelayOptions,
} from '@seek-pass-kit/flows';
import type { EmbeddedStoreOptions } from '@seek-pass-kit/flows/embedded';
import type { PostgresStoreOptions } from '@seek-pass-kit/flows/postgres';
import type { MetricsApi } from '@seek-pass-kit/flows/node';
import type { SmtpOptions } from '@seek-pass-kit/flows/smtp';
import type { ClaimPagesSettings } from './claims/claim-pages-settings.ts';
import type { LoggerSetting } from './logging/open-log.ts';

/**
 * Where awards, verifications and events are stored. `postgres` takes the pool of the application or an address of its own;
 * `embedded` starts a PostgreSQL server on this machine, for trials: in production it
 * needs `acceptOneMachineWithoutBackup`. A store that is handed over stays open when the application ends.
 */
export type StoreSetting =
  | Store
  | { readonly postgres: PostgresStoreOptions }
  | { readonly embedded: Omit<EmbeddedStoreOptions, 'environment'> };

/** How mails leave: by a sender of the application, or by SMTP. */
export type MailSetting = MailPort | { readonly smtp: SmtpOptions };

/** What the flows of a registration share, and what is decided elsewhere in its options. */
type SharedSetting =
  | 'issuer'
  | 'seekPass'
  | 'environment'
  | 'clientId'
  | 'store'
  | 'keys'
  | 'clock'
  | 'random';

/** Settings of the add flow. As those of `createAddFlow`, but for what the registration has anyway. */
export interface AddFlowSettings
  extends Omit<
    AddFlowOptions,
    SharedSetting | 'brand' | 'defaultLocale' | 'documents' | 'mail' | 'onEvent' | 'onNotice' | 'handlers'
  > {
  readonly mail: MailSetting;
  /** Takes files with awards, and how they get to SEEK Pass: with `baseUrl` they are served here, under its path. Default: awards with files are refused. */
  readonly documents?: DocumentOptions & Pick<DocumentHandlerOptions, 'callers'>;
}

/** Settings of the verify flow, whose pages are served under the path of `callbackBaseUrl`. */
export type VerifyFlowSettings = Omit<
  VerifyFlowOptions,
  SharedSetting | 'brand' | 'defaultLocale' | 'onDecision' | 'onNotice'
>;

/** Settings of the webhook inbox, whose receiver answers at `receiverUrl`. As those of `createInbox`, but for what the registration has anyway. */
export interface InboxSettings extends Omit<InboxOptions, SharedSetting | 'handlers' | 'onNotice'> {
  /**
   * Makes the endpoint of each `receiverUrl` at SEEK Pass when the application has started and SEEK Pass has none; of many processes that
   * start, one does. Default `false`: a person makes it, or you call `createEndpoint` of the inbox.
   */
  readonly registerEndpoint?: boolean;
  readonly withoutInbox?: never;
}

/** Settings of a receiver that stores nothing: each event is handed to `onEvent`, and answered when that is done. It needs no `store` and no `keys`. */
export interface RelaySettings extends Omit<WebhookRelayOptions, SharedSetting | 'onError'> {
  /** There are no handlers, no retries and no rotation of secrets without an inbox. */
  readonly withoutInbox: 'events_that_onEvent_does_not_store_are_lost';
}

/** How events of SEEK Pass are received: by the inbox, or by a receiver that only verifies and hands on. */
export type WebhookSettings = InboxSettings | RelaySettings;

/** How jobs are done: mails, polling, handlers of the application. */
export interface WorkerSettings {
  /**
   * How long jobs that run when the application ends may take to end, in milliseconds; default 20,000. Those that take longer are broken off,
   * and done by the next worker.
   */
  readonly graceMs?: number;
}

/** Where the numbers of a registration go. They name no award, no course and no person. */
export interface MetricsSettings {
  /**
   * Opens a server on 127.0.0.1 with `/metrics` for Prometheus and `/health/ready` in full; 0 for any free port, which the log tells. Never a
   * route of the application. Give each registration a port of its own. Default: none.
   */
  readonly port?: number;
  /** `@opentelemetry/api`: the same numbers go to the meter provider that the application registered there. Default: nowhere. */
  readonly telemetry?: MetricsApi;
}

/**
 * Options of a registration of {@link SeekPassModule}: those of the client of SEEK Pass, and the parts that the application wants. A part
 * that has no setting here is not loaded.
 */
export interface SeekPassModuleOptions extends SeekPassOptions {
  /** Names the institution in every stored row. Default: the name of the registration. */
  readonly issuer?: string;
  /** How pages and mails look. Needed by the flows. */
  readonly brand?: Brand;
  /** Of people without a locale of their own. Default `en`. */
  readonly defaultLocale?: string;
  /** Needed by the flows and the inbox. */
  readonly store?: StoreSetting;
  /** What protects personal data and secrets: the text of a key ring (`generateKeyRing`), or a key management service. Needed by the flows and the inbox. */
  readonly keys?: KeyPort | string;
  /**
   * Where lines about awards, verifications, webhooks and failures go, as objects with ids of awards and names of outcomes. Default: Nest's
   * `Logger`, and so wherever the application sends that; `false`: nowhere.
   */
  readonly logger?: LoggerSetting;
  /** Issues credentials: "Add to SEEK Pass" made durable. */
  readonly addFlow?: AddFlowSettings;
  /** Serves the claim pages here. `true`: with the settings by default. Absent or `false`: another process serves them. */
  readonly claimPages?: boolean | ClaimPagesSettings;
  /** Asks SEEK Pass who somebody is. */
  readonly verifyFlow?: VerifyFlowSettings;
  /** Receives the events of SEEK Pass. */
  readonly webhooks?: WebhookSettings;
  /**
   * Does the jobs of this registration, from the bootstrap of the application to its end. Default: it does, when there is a flow or an inbox.
   * `false` in a process that only serves: another one over the same store must do them.
   */
  readonly worker?: false | WorkerSettings;
  /** Provides `SeekPassHealth`. Default: `true` when there is a flow, webhooks or metrics, else `false`. */
  readonly health?: boolean;
  /** Counts what happens, and tells it to Prometheus or OpenTelemetry. */
  readonly metrics?: MetricsSettings;
}
