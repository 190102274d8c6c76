import { readClientSecrets } from './auth/client-secret.ts';
import { readBaseUrl, SANDBOX_CLIENT_ID_PREFIX } from './base-url.ts';
import { systemClock } from './clock.ts';
import { ConfigurationError } from './errors.ts';
import type { Environment, Paths, SeekPassOptions } from './options.ts';
import { Secret } from './redaction.ts';

type Optional =
  | 'scopes'
  | 'statusScope'
  | 'webhookScope'
  | 'verifyResultScope'
  | 'v2JsonSuffix'
  | 'partnerChainAt'
  | 'assumeV2'
  | 'rate'
  | 'dispatcher'
  | 'tokenStore'
  | 'onEvent'
  | 'telemetry';

type Defaulted = Exclude<keyof SeekPassOptions, Optional | 'baseUrl' | 'clientSecret' | 'proxy' | 'paths'>;

/** {@link SeekPassOptions} with every default in place and the secrets wrapped. */
export type Settings = { readonly [K in Defaulted]: NonNullable<SeekPassOptions[K]> } & {
  readonly [K in Optional]: SeekPassOptions[K] | undefined;
} & {
  /** Origin of SEEK Pass. */
  readonly origin: string;
  readonly clientSecrets: readonly Secret[];
  readonly proxy: Secret | undefined;
  readonly paths: Paths;
};

/** Every setting there is, with its default; a number is checked by the kind of its default and the end of its name. */
const defaults: { [K in keyof SeekPassOptions]-?: SeekPassOptions[K] | undefined } = {
  environment: undefined,
  baseUrl: undefined,
  clientId: undefined,
  clientSecret: undefined,
  scopes: undefined,
  statusScope: undefined,
  webhookScope: undefined,
  verifyResultScope: undefined,
  redirectOrigin: undefined,
  paths: undefined,
  v2JsonSuffix: undefined,
  partnerChainAt: undefined,
  assumeV2: undefined,
  attemptTimeoutMs: 10_000,
  deadlineMs: 30_000,
  maxAttempts: 4,
  retryBaseMs: 250,
  retryMaxMs: 8_000,
  concurrency: 64,
  rate: undefined,
  connections: 64,
  keepAliveMs: 30_000,
  maxResponseBytes: 1024 * 1024,
  proxy: undefined,
  dispatcher: undefined,
  tokenStore: undefined,
  unknownTokenLifeMs: 60_000,
  maxClockSkewMs: 300_000,
  clock: systemClock,
  random: Math.random,
  onEvent: undefined,
  telemetry: undefined,
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
  const given = merge('setting', defaults, options) as SeekPassOptions;
  const { environment, clientId, proxy, dispatcher } = given;
  if (environment !== 'sandbox' && environment !== 'staging' && environment !== 'production') {
    throw new ConfigurationError("environment must be 'sandbox', 'staging' or 'production'.");
  }
  const origin = readBaseUrl('baseUrl', environment, given.baseUrl);
  checkClientId(environment, clientId);
  const clientSecrets = readClientSecrets(given.clientSecret);
  checkScopes(given.scopes);
  checkRate(given.rate);
  if (proxy !== undefined) checkProxy(proxy, dispatcher);
  const skewed = environment === 'sandbox' && options.maxClockSkewMs === undefined;
  return {
    ...(given as SeekPassOptions & Pick<Settings, Defaulted | Optional>),
    origin,
    redirectOrigin: readBaseUrl('redirectOrigin', environment, given.redirectOrigin ?? origin),
    clientSecrets,
    proxy: proxy === undefined ? undefined : new Secret(proxy),
    paths: merge('path', defaultPaths, given.paths ?? {}),
    connections: options.connections ?? given.concurrency ?? 0,
    ...(skewed ? { maxClockSkewMs: Infinity } : {}),
  };
}

/** The defaults with what was given on top. A name that does not exist is refused: it is a typing error. */
function merge<T extends object>(kind: string, known: T, given: Partial<T>): T {
  const merged = { ...known } as Record<string, unknown>;
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(known, name)) {
      throw new ConfigurationError(
        `There is no ${kind} named ${JSON.stringify(name.slice(0, 60))}: use one of ${Object.keys(known).join(', ')}.`,
      );
    }
    if (value === undefined) continue;
    if (typeof merged[name] === 'number') checkNumber(name, value);
    merged[name] = value;
  }
  return merged as T;
}

/** The longest delay that a Node timer keeps. */
const longestTimerMs = 2_147_483_647;

function checkNumber(name: string, value: unknown): void {
  const milliseconds = name.endsWith('Ms');
  const fits = milliseconds
    ? typeof value === 'number' &&
      value > 0 &&
      (value <= longestTimerMs || (value === Infinity && name === 'maxClockSkewMs'))
    : Number.isSafeInteger(value) && Number(value) > 0;
  if (fits) return;
  throw new ConfigurationError(
    `${name} must be a ${milliseconds ? `number of milliseconds, at most ${longestTimerMs},` : 'whole number'} above 0.`,
  );
}

function checkClientId(environment: Environment, clientId: unknown): void {
  if (typeof clientId !== 'string' || !/^\S+$/.test(clientId)) {
    throw new ConfigurationError(
      'clientId is missing or has spaces: set it to the client id that SEEK Pass gave you.',
    );
  }
  if ((environment === 'sandbox') !== clientId.startsWith(SANDBOX_CLIENT_ID_PREFIX)) {
    throw new ConfigurationError(
      `clientId does not belong to environment '${environment}': only ids of the sandbox start with ${SANDBOX_CLIENT_ID_PREFIX}.`,
    );
  }
}

function checkScopes(scopes: unknown): void {
  if (scopes === undefined) return;
  if (
    Array.isArray(scopes) &&
    scopes.length > 0 &&
    scopes.every((scope) => /^[\x21-\x7e]+$/.test(String(scope)))
  ) {
    return;
  }
  throw new ConfigurationError("scopes must be a list like ['write.education']: fill it or leave it out.");
}

function checkRate(rate: SeekPassOptions['rate']): void {
  if (rate === undefined) return;
  const { perSecond, burst = 1 } = rate;
  if (perSecond > 0 && perSecond < Infinity && burst >= 1 && burst < Infinity) return;
  throw new ConfigurationError('rate must be { perSecond, burst? }, perSecond above 0 and burst at least 1.');
}

function checkProxy(proxy: string, dispatcher: unknown): void {
  if (dispatcher !== undefined) {
    throw new ConfigurationError(
      'proxy and dispatcher exclude each other: give the proxy to your dispatcher.',
    );
  }
  if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol)) {
    throw new ConfigurationError('proxy is not a URL: write it like http://proxy.example:3128.');
  }
}
