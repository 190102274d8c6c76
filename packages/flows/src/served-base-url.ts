import { ConfigurationError, type Environment } from '@seek-pass-kit/core';

/**
 * Checks where something of ours is served to the outside: https, no user, nothing behind the path.
 *
 * @param setting its name, for the sentence. `path`: the one that the example has.
 * @throws {ConfigurationError} `invalid_configuration`.
 */
export function readBaseUrl(setting: string, text: string, environment: Environment, path: string): string {
  const wrong = (why: string) =>
    new ConfigurationError(`${setting} ${why}: write it like https://credentials.example.edu/${path}.`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw wrong('is not a URL');
  const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(environment === 'sandbox' && loopback && url.protocol === 'http:')) {
    throw wrong('must start with https:// (http is for a sandbox on this machine)');
  }
  if (text.endsWith('/') || /[?#]/.test(text)) throw wrong('must end without /, query and fragment');
  if (url.username !== '' || url.password !== '') throw wrong('must not name a user');
  return text;
}
