import type { ClientSecrets } from './auth/client-secret.ts';
import { readClientSecrets } from './auth/client-secret.ts';
import { readBaseUrl, SANDBOX_CLIENT_ID_PREFIX, webAddress } from './base-url.ts';
import { systemClock } from './clock.ts';
import type { SeekPassEvent } from './events.ts';
import type { Environment, Paths, SeekPassOptions } from './options.ts';
import { readSettings } from './read-settings.ts';
import { Secret } from './redaction.ts';
import { requireKnown } from './require-known.ts';
import { requireNumber, requireSetting } from './require-setting.ts';

type Optional =
  | 'scopes'
  | 'statusScope'
  | 'webhookScope'
  | 'verifyResultScope'
  | 'v2JsonSuffix'
  | 'partnerChainAt'
  | 'assumeV2'
  | 'rate'
  | 'quota'
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
  readonly clientSecrets: ClientSecrets;
  readonly proxy: Secret | undefined;
  readonly paths: Paths;
};

/** What is given, with the defaults, before it is worked on. */
type Given = Pick<Settings, Exclude<Defaulted, 'redirectOrigin'> | Optional> &
  Pick<SeekPassOptions, 'baseUrl' | 'clientSecret' | 'redirectOrigin' | 'proxy' | 'paths'>;

/** Every setting there is, with its default; a number is checked by the kind of its default and the end of its name. */
const defaults = {
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
  quota: undefined,
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
} satisfies { [K in keyof SeekPassOptions]-?: SeekPassOptions[K] | undefined };

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

/** Checks every setting and fills in the defaults. Throws `ConfigurationError` with a sentence for each that is wrong. */
export function resolveOptions(options: SeekPassOptions): Settings {
  const { baseUrl, clientSecret, redirectOrigin, proxy, paths, ...given } = merge(
    defaults as object as Given,
    options,
  );
  const { environment, clientId, scopes, rate, onEvent } = given;
  const isKnown = environments.has(environment);
  const read = readSettings({
    names: () => requireKnown('setting', Object.keys(defaults), options),
    numbers: () => requireNumbers(options),
    environment: () => requireSetting(isKnown, 'environment', "must be 'sandbox', 'staging' or 'production'"),
    // What an address or an id must be depends on the environment.
    baseUrl: () => (isKnown ? readBaseUrl('baseUrl', environment, baseUrl) : ''),
    redirectOrigin: () =>
      isKnown && redirectOrigin !== undefined
        ? readBaseUrl('redirectOrigin', environment, redirectOrigin)
        : undefined,
    clientId: () => requireClientId(clientId, isKnown ? environment : undefined),
    clientSecret: () => readClientSecrets(clientSecret),
    scopes: () =>
      requireSetting(
        scopes === undefined ||
          (Array.isArray(scopes) &&
            scopes.length > 0 &&
            scopes.every((scope) => /^[\x21-\x7e]+$/.test(scope))),
        'scopes',
        "must be a list like ['write.education']: fill it or leave it out",
      ),
    rate: () =>
      requireSetting(
        rate === undefined ||
          (rate?.perSecond > 0 &&
            rate.perSecond < Infinity &&
            (rate.burst ?? 1) >= 1 &&
            rate.burst !== Infinity),
        'rate',
        'must be { perSecond, burst? }, perSecond above 0 and burst at least 1',
      ),
    proxy: () => readProxy(proxy, given.dispatcher),
    paths: () => requireKnown('path', Object.keys(defaultPaths), paths ?? {}),
  });
  return {
    ...given,
    origin: read.baseUrl,
    redirectOrigin: read.redirectOrigin ?? read.baseUrl,
    clientSecrets: read.clientSecret,
    proxy: read.proxy,
    paths: merge(defaultPaths, paths ?? {}),
    connections: options.connections ?? given.concurrency,
    maxClockSkewMs:
      options.maxClockSkewMs ?? (environment === 'sandbox' ? Infinity : defaults.maxClockSkewMs),
    onEvent: onEvent && harmless(onEvent),
  };
}

/** The names of all settings of a client. */
export const seekPassSettings: readonly string[] = Object.keys(defaults);

const environments: ReadonlySet<unknown> = new Set(['sandbox', 'staging', 'production']);

function requireClientId(clientId: unknown, environment: Environment | undefined): void {
  requireSetting(
    typeof clientId === 'string' && /^\S+$/.test(clientId),
    'clientId',
    'is missing or has spaces: set it to the client id that SEEK Pass gave you',
  );
  requireSetting(
    environment === undefined ||
      (environment === 'sandbox') === clientId.startsWith(SANDBOX_CLIENT_ID_PREFIX),
    'clientId',
    `does not belong to environment '${environment}', as only ids of the sandbox start with ${SANDBOX_CLIENT_ID_PREFIX}: correct one of the two`,
  );
}

function readProxy(proxy: string | undefined, dispatcher: Settings['dispatcher']): Secret | undefined {
  if (proxy === undefined) return undefined;
  requireSetting(
    dispatcher === undefined,
    'proxy',
    'and dispatcher exclude each other: give the proxy to your dispatcher',
  );
  requireSetting(
    webAddress(proxy) !== undefined,
    'proxy',
    'is not a URL: write it like http://proxy.example:3128',
  );
  return new Secret(proxy);
}

function requireNumbers(options: SeekPassOptions): void {
  const known: Readonly<Record<string, unknown>> = defaults;
  const checks = Object.entries(options).map(([name, value]) => {
    const unlimited = name === 'maxClockSkewMs' && value === Infinity;
    const isNumber = typeof known[name] === 'number' && value !== undefined && !unlimited;
    return [name, () => isNumber && requireNumber(name, value)] as const;
  });
  readSettings(Object.fromEntries(checks));
}

/** The defaults with what was given on top. */
function merge<T extends object>(known: T, given: Partial<T>): T {
  return {
    ...known,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

/** An observer must not break a call: what it throws is dropped. */
function harmless(observer: (event: SeekPassEvent) => void): (event: SeekPassEvent) => void {
  return (event) => {
    try {
      observer(event);
    } catch {
      // As said in `SeekPassOptions.onEvent`.
    }
  };
}
