import type { Dispatcher } from 'undici';
import { readClientSecrets } from './auth/client-secret.ts';
import type { TokenStore } from './auth/token-store.ts';
import { isLoopbackHost, readBaseUrl, readOrigin, SANDBOX_CLIENT_ID_PREFIX } from './base-url.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import { ConfigurationError } from './errors.ts';
import type { Environment, Paths, RateLimit, SeekPassOptions } from './options.ts';
import { Secret } from './redaction.ts';

/** {@link SeekPassOptions} with every default in place and the secrets wrapped. */
export interface Settings {
  readonly environment: Environment;
  /** Origin of SEEK Pass. */
  readonly origin: string;
  readonly redirectOrigin: string;
  readonly clientId: string;
  readonly clientSecrets: readonly Secret[];
  readonly scopes: readonly string[] | undefined;
  readonly statusScope: string | undefined;
  readonly webhookScope: string | undefined;
  readonly verifyResultScope: string | undefined;
  readonly paths: Paths;
  readonly v2JsonSuffix: boolean | undefined;
  readonly partnerChainAt: NonNullable<SeekPassOptions['partnerChainAt']>;
  readonly assumeV2: NonNullable<SeekPassOptions['assumeV2']>;
  readonly attemptTimeoutMs: number;
  readonly deadlineMs: number;
  readonly maxAttempts: number;
  readonly retryBaseMs: number;
  readonly retryMaxMs: number;
  readonly concurrency: number;
  readonly rate: RateLimit | undefined;
  readonly connections: number;
  readonly keepAliveMs: number;
  readonly maxResponseBytes: number;
  readonly proxy: Secret | undefined;
  readonly dispatcher: Dispatcher | undefined;
  readonly tokenStore: TokenStore | undefined;
  readonly unknownTokenLifeMs: number;
  readonly maxClockSkewMs: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onEvent: SeekPassOptions['onEvent'];
  readonly telemetry: SeekPassOptions['telemetry'];
}

const settingNames: Record<keyof SeekPassOptions, true> = {
  environment: true,
  baseUrl: true,
  clientId: true,
  clientSecret: true,
  scopes: true,
  statusScope: true,
  webhookScope: true,
  verifyResultScope: true,
  redirectOrigin: true,
  paths: true,
  v2JsonSuffix: true,
  partnerChainAt: true,
  assumeV2: true,
  attemptTimeoutMs: true,
  deadlineMs: true,
  maxAttempts: true,
  retryBaseMs: true,
  retryMaxMs: true,
  concurrency: true,
  rate: true,
  connections: true,
  keepAliveMs: true,
  maxResponseBytes: true,
  proxy: true,
  dispatcher: true,
  tokenStore: true,
  unknownTokenLifeMs: true,
  maxClockSkewMs: true,
  clock: true,
  random: true,
  onEvent: true,
  telemetry: true,
};

const defaultPaths: Paths = {
  token: '/api/partner/v1/oauth/token.json',
  status: '/api/partner/v1/submissions/{id}/status.json',
  statuses: '/api/partner/v1/submissions/status.json',
  verifyRequest: '/api/partner/v2/verify/requests/digital_identity.json',
  verifyResult: '/api/partner/v2/verify/requests/{request_id}/status.json',
  webhooks: '/api/partner/v2/webhooks',
  webhook: '/api/partner/v2/webhooks/{id}',
  webhookUpdate: '/api/partner/v2/webhooks',
  webhookSecret: '/api/partner/v2/webhooks/{id}/secret',
};

/** Checks every setting and fills in the defaults. Throws `ConfigurationError`, one sentence, on the first that is wrong. */
export function resolveOptions(options: SeekPassOptions): Settings {
  refuseUnknownNames('setting', options, settingNames);
  const environment = readEnvironment(options.environment);
  const origin = readBaseUrl(environment, options.baseUrl);
  const clientId = readClientId(environment, options.clientId);
  const clientSecrets = readClientSecrets(options.clientSecret);
  const { paths, proxy, dispatcher } = options;
  if (paths !== undefined) refuseUnknownNames('path', paths, defaultPaths);
  if (proxy !== undefined && dispatcher !== undefined) {
    throw new ConfigurationError(
      'proxy and dispatcher exclude each other: give the proxy to your dispatcher.',
    );
  }
  const concurrency = whole('concurrency', options.concurrency, 64);
  const redirectOrigin =
    options.redirectOrigin === undefined ? origin : readRedirectOrigin(options.redirectOrigin, environment);
  return {
    environment,
    origin,
    redirectOrigin,
    clientId,
    clientSecrets,
    scopes: readScopes(options.scopes),
    statusScope: options.statusScope,
    webhookScope: options.webhookScope,
    verifyResultScope: options.verifyResultScope,
    paths: { ...defaultPaths, ...paths },
    v2JsonSuffix: options.v2JsonSuffix,
    partnerChainAt: options.partnerChainAt ?? {},
    assumeV2: options.assumeV2 ?? [],
    attemptTimeoutMs: milliseconds('attemptTimeoutMs', options.attemptTimeoutMs, 10_000),
    deadlineMs: milliseconds('deadlineMs', options.deadlineMs, 30_000),
    maxAttempts: whole('maxAttempts', options.maxAttempts, 4),
    retryBaseMs: milliseconds('retryBaseMs', options.retryBaseMs, 250),
    retryMaxMs: milliseconds('retryMaxMs', options.retryMaxMs, 8_000),
    concurrency,
    rate: readRate(options.rate),
    connections: whole('connections', options.connections, concurrency),
    keepAliveMs: milliseconds('keepAliveMs', options.keepAliveMs, 30_000),
    maxResponseBytes: whole('maxResponseBytes', options.maxResponseBytes, 1024 * 1024),
    proxy: proxy === undefined ? undefined : readProxy(proxy),
    dispatcher,
    tokenStore: options.tokenStore,
    unknownTokenLifeMs: milliseconds('unknownTokenLifeMs', options.unknownTokenLifeMs, 60_000),
    maxClockSkewMs:
      options.maxClockSkewMs === Infinity
        ? Infinity
        : milliseconds(
            'maxClockSkewMs',
            options.maxClockSkewMs,
            environment === 'sandbox' ? Infinity : 300_000,
          ),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    onEvent: options.onEvent,
    telemetry: options.telemetry,
  };
}

function refuseUnknownNames(kind: string, given: object, known: object): void {
  if (typeof given !== 'object' || given === null) {
    throw new ConfigurationError(
      'SeekPass takes an object of settings: new SeekPass({ environment, clientId, clientSecret }).',
    );
  }
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) {
    throw new ConfigurationError(
      `There is no ${kind} named ${JSON.stringify(unknown.slice(0, 60))}: use one of ${Object.keys(known).join(', ')}.`,
    );
  }
}

function readEnvironment(value: unknown): Environment {
  if (value === 'sandbox' || value === 'staging' || value === 'production') return value;
  throw new ConfigurationError(
    "environment must be 'sandbox', 'staging' or 'production': set it to one of these.",
  );
}

function readClientId(environment: Environment, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '' || /\s/.test(value)) {
    throw new ConfigurationError(
      'clientId is missing or has spaces: set it to the client id that SEEK Pass gave you.',
    );
  }
  const fromSandbox = value.startsWith(SANDBOX_CLIENT_ID_PREFIX);
  if (environment !== 'sandbox' && fromSandbox) {
    throw new ConfigurationError(
      `clientId belongs to the sandbox (it starts with ${SANDBOX_CLIENT_ID_PREFIX}): use the client id of ${environment}.`,
    );
  }
  if (environment === 'sandbox' && !fromSandbox) {
    throw new ConfigurationError(
      `clientId does not belong to the sandbox: environment 'sandbox' takes ids that start with ${SANDBOX_CLIENT_ID_PREFIX}.`,
    );
  }
  return value;
}

function readScopes(value: SeekPassOptions['scopes']): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (
    !Array.isArray(value) ||
    value.length === 0 ||
    value.some((scope) => !/^[\x21-\x7e]+$/.test(String(scope)))
  ) {
    throw new ConfigurationError(
      "scopes must be a list of scope names, like ['write.education']: leave it out or fill it.",
    );
  }
  return value;
}

function readRate(rate: RateLimit | undefined): RateLimit | undefined {
  if (rate === undefined) return undefined;
  const burst = rate.burst ?? Math.ceil(rate.perSecond);
  if (!(rate.perSecond > 0 && rate.perSecond < Infinity && burst >= 1 && burst < Infinity)) {
    throw new ConfigurationError(
      'rate must be { perSecond, burst? } with perSecond above 0 and burst at least 1.',
    );
  }
  return { perSecond: rate.perSecond, burst };
}

function readProxy(value: string): Secret {
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new ConfigurationError('proxy is not an http(s) URL: write it like http://proxy.example:3128.');
  }
  return new Secret(value);
}

function readRedirectOrigin(value: string, environment: Environment): string {
  const url = readOrigin('redirectOrigin', value);
  if (url.protocol !== 'https:' && !(environment === 'sandbox' && isLoopbackHost(url.hostname))) {
    throw new ConfigurationError(
      'redirectOrigin must start with https:// (http is only for a sandbox on this machine).',
    );
  }
  return url.origin;
}

/** The longest delay that a Node timer keeps. */
const longestTimerMs = 2_147_483_647;

function milliseconds(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value === 'number' && value > 0 && value <= longestTimerMs) return value;
  throw new ConfigurationError(
    `${name} must be a number of milliseconds above 0 and at most ${longestTimerMs}.`,
  );
}

function whole(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new ConfigurationError(`${name} must be a whole number of at least 1.`);
}
