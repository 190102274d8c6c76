import { ConfigurationError, type Environment } from '@seek-pass-kit/core';
import { readServedUrl } from '../served-base-url.ts';

const example = 'https://portal.example.edu/webhooks/seek-pass';

/**
 * Checks where SEEK Pass sends to. Several may share a path, on hosts of their own.
 *
 * @throws {ConfigurationError} `invalid_configuration`.
 */
export function readReceiverUrls(
  setting: string | readonly string[],
  environment: Environment,
): readonly [URL, ...URL[]] {
  const urls = [setting].flat().map((text) => readReceiverUrl(text, environment));
  const [first, ...more] = urls;
  if (first === undefined) throw wrongReceiverUrl('is an empty list');
  if (new Set(urls.map(({ href }) => href)).size < urls.length)
    throw wrongReceiverUrl('has one of them twice');
  return [first, ...more];
}

/**
 * One of the URLs, by its text; the first one without.
 *
 * @throws {ConfigurationError} `invalid_configuration` when it is none of them.
 */
export function receiverUrlOf(urls: readonly [URL, ...URL[]], wanted: string | undefined): URL {
  if (wanted === undefined) return urls[0];
  const found = urls.find((url) => leadsTo(url, wanted));
  if (found !== undefined) return found;
  throw new ConfigurationError('The url is none of receiverUrl: name one of these, or add it there.');
}

/** Whether a URL, as SEEK Pass or our store knows it, is this one. */
export function leadsTo({ href }: URL, text: string | undefined): boolean {
  return text !== undefined && URL.canParse(text) && new URL(text).href === href;
}

function readReceiverUrl(text: string, environment: Environment): URL {
  const url = readServedUrl('receiverUrl', text, environment, example);
  if (url.pathname === '/') throw wrongReceiverUrl('needs a path of its own');
  return url;
}

function wrongReceiverUrl(why: string): ConfigurationError {
  return new ConfigurationError(`receiverUrl ${why}: write it like ${example}.`);
}
