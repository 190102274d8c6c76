import type { Dispatcher } from 'undici';
import type { TokenStore } from './auth/token-store.ts';
import type { Clock } from './clock.ts';
import type { CredentialType } from './credentials/credential-type.ts';
import type { PartnerChainPosition } from './credentials/partner-chain.ts';
import type { SeekPassEvent } from './events.ts';
import type { SharedQuota } from './limits/shared-quota.ts';
import type { TelemetryApi } from './telemetry.ts';

/** Where the client talks to. `sandbox` is SEEK Pass on your own machine (`seek-pass sandbox`). */
export type Environment = 'sandbox' | 'staging' | 'production';

/** Paths that the documentation leaves open, or prints in more than one form. `{…}` parts are filled in by the client. */
export interface Paths {
  /** Default `/api/partner/v1/oauth/token.json`. */
  readonly token: string;
  /** Default `/api/partner/v1/submissions/{id}/status.json`. */
  readonly status: string;
  /** Default `/api/partner/v1/submissions/status.json`. */
  readonly statuses: string;
  /** Default `/api/partner/v2/verify/requests/digital_identity.json`. */
  readonly verifyRequest: string;
  /** Not documented. Default `/api/partner/v2/verify/requests/{request_id}/status.json`. */
  readonly verifyResult: string;
  /** Create and list. Default `/api/partner/v2/webhooks`. */
  readonly webhooks: string;
  /** Read and delete. Default `/api/partner/v2/webhooks/{id}`. */
  readonly webhook: string;
  /** Default `/api/partner/v2/webhooks` as printed: without an id, which then goes in the body. With `{id}` it goes in the path. */
  readonly webhookUpdate: string;
  /** Default `/api/partner/v2/webhooks/{id}/secret`. */
  readonly webhookSecret: string;
}

/** A limit on requests a second, shared by all calls of one client. */
export interface RateLimit {
  /** Requests a second, on average; fractions are fine. */
  readonly perSecond: number;
  /** How many may go at once after a quiet time. Default: `perSecond` rounded up. */
  readonly burst?: number;
}

/**
 * Settings of {@link SeekPass}. Read once, when the client is made; a setting that is missing, unknown or unsafe throws a
 * `ConfigurationError` that names it.
 */
export interface SeekPassOptions {
  readonly environment: Environment;
  /**
   * Origin of SEEK Pass, without a path. Staging defaults to the documented `https://app.seekpass-staging.com`;
   * production and sandbox must name it. `https`, except for a sandbox on this machine.
   */
  readonly baseUrl?: string;
  /** As handed over by SEEK Pass. Ids that start with `sandbox-` belong to the sandbox and only go with it. */
  readonly clientId: string;
  /** While a secret is being rotated: both, the newest first. The previous one is used when SEEK Pass refuses the newest. */
  readonly clientSecret: string | readonly [newest: string, previous: string];

  /** The scopes SEEK Pass granted to this client. When given, a call that needs another scope fails before it is sent. */
  readonly scopes?: readonly string[];
  /** Scope for status calls (not documented). Default: any token at hand, else one with the first of `scopes`. */
  readonly statusScope?: string;
  /** Scope for webhook endpoint calls (not documented). Default as `statusScope`. */
  readonly webhookScope?: string;
  /** Scope for reading a verify result (not documented). Default: the two that SEEK Pass asks for in the verify flow. */
  readonly verifyResultScope?: string;

  /** Origin of the redirect URIs that are let through. Default: the origin of `baseUrl`. */
  readonly redirectOrigin?: string;
  /** Paths the documentation leaves open. */
  readonly paths?: Partial<Paths>;
  /** Whether v2 add paths end in `.json`. Default: as printed (career_history without, the others with). */
  readonly v2JsonSuffix?: boolean;
  /** Where `partner_chain` goes in v1, per credential type. Default: as documented. */
  readonly partnerChainAt?: Partial<Record<CredentialType, PartnerChainPosition>>;
  /** Types to send in the assumed v2 shape although their v2 shape is not printed. Default: none. */
  readonly assumeV2?: readonly CredentialType[];

  /** Longest time for one attempt: connecting, sending, the whole answer. Milliseconds, default 10,000. */
  readonly attemptTimeoutMs?: number;
  /** Longest time for a call with all its attempts and waits. Milliseconds, default 30,000. Per call: `CallOptions.deadlineMs`. */
  readonly deadlineMs?: number;
  /** Attempts per call, the first included. Default 4. */
  readonly maxAttempts?: number;
  /** The wait before attempt n + 1 is a random part of `retryBaseMs × 2^(n-1)`. Milliseconds, default 250. */
  readonly retryBaseMs?: number;
  /** Upper bound of that wait (not of `Retry-After`). Milliseconds, default 8,000. */
  readonly retryMaxMs?: number;
  /** Requests in flight at once. Default 64. */
  readonly concurrency?: number;
  /** Default: no limit of our own (SEEK Pass publishes none). */
  readonly rate?: RateLimit;
  /** A limit shared with the other processes that use this client id. Default: none. */
  readonly quota?: SharedQuota;
  /** Connections kept to SEEK Pass. Default: as `concurrency`. */
  readonly connections?: number;
  /** How long an idle connection is kept. Milliseconds, default 30,000. */
  readonly keepAliveMs?: number;
  /** A larger answer is refused. Bytes, default 1 MiB. */
  readonly maxResponseBytes?: number;
  /** URL of an HTTP proxy; user name and password may be in it. Not together with `dispatcher`. */
  readonly proxy?: string;
  /**
   * Where requests go instead of a pool of our own: an undici `Agent`, `ProxyAgent`, `MockAgent`. Not a `Pool` or `Client`: these ignore
   * the host of a request, so an upload would reach the wrong one. The client never closes it.
   */
  readonly dispatcher?: Dispatcher;

  /** Shares tokens between processes. Default: each client keeps its own. */
  readonly tokenStore?: TokenStore;
  /** Life of a token that does not tell (no `expires_in`, no `exp`). Milliseconds, default 60,000. */
  readonly unknownTokenLifeMs?: number;
  /**
   * How far the clock of this machine may be from SEEK Pass's. Milliseconds, default 5 minutes; `Infinity` for the sandbox, whose
   * clock is moved in tests.
   */
  readonly maxClockSkewMs?: number;

  readonly clock?: Clock;
  /** A number from 0 up to, not including, 1: spreads retries and refreshes. Default `Math.random`. */
  readonly random?: () => number;
  /** Told about every attempt, call and token request. Holds no ids, no personal data, no secrets. What it throws is dropped. */
  readonly onEvent?: (event: SeekPassEvent) => void;
  /** The module `@opentelemetry/api`, for spans and metrics. Default: none. */
  readonly telemetry?: TelemetryApi;
}

/** What one call may set for itself. */
export interface CallOptions {
  /** Gives up as soon as it fires, also while the call waits for its turn. */
  readonly signal?: AbortSignal;
  /** Longest time for this call with all its attempts and waits. Milliseconds. */
  readonly deadlineMs?: number;
  /** Calls queue per lane and lanes take turns, so one large run does not hold up the rest. Any short name; default `''`. */
  readonly lane?: string;
}
