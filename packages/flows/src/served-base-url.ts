import { ConfigurationError, type Environment, isLoopbackHost } from '@seek-pass-kit/core';

/**
 * Reads where something of ours is called from outside: https, no user, nothing behind the path. In production not this machine, which nobody
 * else reaches.
 *
 * @param setting its name, for the sentence. `example`: how to write it.
 * @throws {ConfigurationError} `invalid_configuration`.
 */
export function readServedUrl(setting: string, text: string, environment: Environment, example: string): URL {
  const wrong = (why: string) => new ConfigurationError(`${setting} ${why}: write it like ${example}.`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw wrong('is not a URL');
  const loopback = isLoopbackHost(url.hostname);
  if (url.protocol !== 'https:' && !(environment === 'sandbox' && loopback && url.protocol === 'http:')) {
    throw wrong('must start with https:// (http is for a sandbox on this machine)');
  }
  if (loopback && environment === 'production') {
    throw wrong('points to this machine, and environment is production');
  }
  if (/[?#]/.test(text)) throw wrong('must end without query and fragment');
  if (url.username !== '' || url.password !== '') throw wrong('must not name a user');
  return url;
}

/**
 * Checks an address that others of ours are below, as {@link readServedUrl} does.
 *
 * @param path the one that the example has.
 * @throws {ConfigurationError} `invalid_configuration`.
 */
export function readBaseUrl(setting: string, text: string, environment: Environment, path: string): string {
  const example = `https://credentials.example.edu/${path}`;
  readServedUrl(setting, text, environment, example);
  if (!text.endsWith('/')) return text;
  throw new ConfigurationError(`${setting} must end without /: write it like ${example}.`);
}
