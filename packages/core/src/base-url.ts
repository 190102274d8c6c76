import { ConfigurationError } from './errors.ts';
import type { Environment } from './options.ts';

/** The one base URL that SEEK Pass documents (docs: "OAuth authentication"). */
export const stagingBaseUrl = 'https://app.seekpass-staging.com';

/** Client ids of the sandbox start with this; staging and production refuse them (security rule 3). */
export const SANDBOX_CLIENT_ID_PREFIX = 'sandbox-';

/** Reads an address of SEEK Pass into its origin; every environment has its own rules (security rule 3). */
export function readBaseUrl(
  name: 'baseUrl' | 'redirectOrigin',
  environment: Environment,
  setting: string | undefined,
): string {
  const text = setting ?? (environment === 'staging' ? stagingBaseUrl : '');
  if (text === '') {
    throw new ConfigurationError(
      `${name} is missing: set it to the address ${environment === 'sandbox' ? 'that the sandbox printed' : 'of production that SEEK Pass gave you'}.`,
    );
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ConfigurationError(`${name} is not a URL: write it like https://host.example.`);
  }
  const { origin, href, protocol, hostname } = url;
  if (href !== `${origin}/`) {
    throw new ConfigurationError(`${name} must be only scheme and host, like https://host.example.`);
  }
  const loopback = isLoopbackHost(hostname);
  if (loopback && environment !== 'sandbox') {
    throw new ConfigurationError(
      `${name} points to this machine, which only a sandbox may do: set it to the address of ${environment}.`,
    );
  }
  if (origin === stagingBaseUrl && environment !== 'staging') {
    throw new ConfigurationError(
      `${name} is the staging address, the environment is '${environment}': correct one of them.`,
    );
  }
  if (protocol !== 'https:' && !loopback) {
    throw new ConfigurationError(`${name} must start with https:// (http is for a sandbox on this machine).`);
  }
  return origin;
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
