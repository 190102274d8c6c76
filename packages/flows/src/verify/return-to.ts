import { ConfigurationError, type Environment } from '@seek-pass-kit/core';
import { readServedUrl } from '../served-base-url.ts';

/** What stands in `returnTo` for the id of the verification. */
const idMark = ':verificationId';

/**
 * Whether a browser may be sent there in the end: to a path of this site, or to an address whose origin the settings name. A path has one `/`
 * at the start, then nothing that a browser reads as another site (`//`, `/\`, tabs and line breaks, which it drops).
 */
export function mayReturnTo(returnTo: string, origins: readonly string[]): boolean {
  if (!/^[\x21-\x7e]+$/.test(returnTo) || returnTo.includes('\\')) return false;
  const origin = origins.find((allowed) => returnTo.startsWith(`${allowed}/`));
  const path = returnTo.slice(origin?.length ?? 0);
  if (!/^\/(?!\/)/.test(path)) return false;
  const base = 'https://site.invalid';
  return URL.canParse(path, base) && new URL(path, base).origin === base;
}

/** Where the browser goes: with the id of its verification, where the host asked for it. Nothing else is added. */
export function returnAddress(returnTo: string, verificationId: string): string {
  return returnTo.replaceAll(idMark, verificationId);
}

/** @throws {ConfigurationError} `invalid_configuration` for what is no origin. */
export function readReturnOrigins(origins: readonly string[], environment: Environment): readonly string[] {
  const example = 'https://portal.example.edu';
  const wrong = () =>
    new ConfigurationError(
      `returnOrigins must be a list of scheme and host without a path: write each like ${example}.`,
    );
  if (!Array.isArray(origins)) throw wrong();
  for (const origin of origins) {
    if (typeof origin !== 'string') throw wrong();
    if (readServedUrl('returnOrigins', origin, environment, example).origin !== origin) throw wrong();
  }
  return origins;
}
