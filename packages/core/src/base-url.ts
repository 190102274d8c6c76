import type { Environment } from './options.ts';
import { requireSetting } from './require-setting.ts';

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
  const source =
    environment === 'sandbox' ? 'that the sandbox printed' : 'of production that SEEK Pass gave you';
  requireSetting(text !== '', name, `is missing: set it to the address ${source}`);
  const url = webAddress(text);
  requireSetting(url !== undefined, name, 'is not a URL: write it like https://host.example');
  const { origin, href, protocol, hostname } = url;
  requireSetting(href === `${origin}/`, name, 'must be only scheme and host, like https://host.example');
  const loopback = isLoopbackHost(hostname);
  requireSetting(
    !loopback || environment === 'sandbox',
    name,
    `points to this machine, which only a sandbox may do: set it to the address of ${environment}`,
  );
  requireSetting(
    origin !== stagingBaseUrl || environment === 'staging',
    name,
    `is the staging address, the environment is '${environment}': correct one of them`,
  );
  requireSetting(
    protocol === 'https:' || loopback,
    name,
    'must start with https:// (http is for a sandbox on this machine)',
  );
  return origin;
}

/** Reads an `http` or `https` address; `undefined` when it is none. */
export function webAddress(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) ? url : undefined;
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
