import { ConfigurationError } from './errors.ts';
import type { Environment } from './options.ts';

/** The one base URL that SEEK Pass documents (docs: "OAuth authentication"). */
export const stagingBaseUrl = 'https://app.seekpass-staging.com';

/** Client ids of the sandbox start with this; staging and production refuse them (security rule 3). */
export const SANDBOX_CLIENT_ID_PREFIX = 'sandbox-';

/** Reads `baseUrl` into an origin; every environment has its own rules (security rule 3). */
export function readBaseUrl(environment: Environment, setting: string | undefined): string {
  const text = setting ?? (environment === 'staging' ? stagingBaseUrl : undefined);
  if (text === undefined || text === '') {
    throw new ConfigurationError(
      environment === 'production'
        ? 'baseUrl is missing: set it to the production address that SEEK Pass gave you (it is not published).'
        : 'baseUrl is missing: set it to the address that `seek-pass sandbox` printed.',
    );
  }
  const url = readOrigin('baseUrl', text);
  const loopback = isLoopbackHost(url.hostname);
  if (environment !== 'sandbox') {
    if (loopback) {
      throw new ConfigurationError(
        `baseUrl points to this machine: that is for environment 'sandbox', ${environment} needs the address of SEEK Pass.`,
      );
    }
    if (environment === 'production' && url.origin === stagingBaseUrl) {
      throw new ConfigurationError(
        "baseUrl is the staging address: use environment 'staging', or set baseUrl to the production address.",
      );
    }
  } else if (url.origin === stagingBaseUrl) {
    throw new ConfigurationError(
      "baseUrl is the staging address of SEEK Pass: use environment 'staging' for it.",
    );
  }
  if (url.protocol !== 'https:' && !(environment === 'sandbox' && loopback)) {
    throw new ConfigurationError(
      'baseUrl must start with https:// (http is only for a sandbox on this machine).',
    );
  }
  return url.origin;
}

/** Reads an `http(s)` URL that may have nothing after its host. */
export function readOrigin(name: string, text: unknown): URL {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new ConfigurationError(`${name} is not a URL: write it like https://host.example.`);
  }
  if (
    url.username !== '' ||
    url.password !== '' ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    throw new ConfigurationError(
      `${name} must be only scheme and host, like https://host.example: remove the rest.`,
    );
  }
  return url;
}

/** Whether a host, as `URL` spells it, is this machine. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^(?:127\.\d+\.\d+\.\d+|0\.0\.0\.0)$/.test(host) ||
    /^\[(?:::1?|::ffff:(?:7f[0-9a-f]{2}:[0-9a-f]+|0:0))\]$/.test(host)
  );
}
