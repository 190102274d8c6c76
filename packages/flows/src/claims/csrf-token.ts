import { createHmac, timingSafeEqual } from 'node:crypto';
import { tokenBytes } from '../keys/token-bytes.ts';
import type { ClaimSecrets } from './claim-secrets.ts';

/** What makes these tokens. */
export type CsrfSecrets = Pick<ClaimSecrets, 'csrf'>;

/** The token in the forms of a browser, made from the id in its cookie: whoever cannot read the cookie cannot make it. */
export function csrfToken(secrets: readonly CsrfSecrets[], cookieId: string): string {
  const [newest] = secrets;
  if (newest === undefined) throw new Error('An add flow without a claim key cannot start.');
  return tokenOf(newest, cookieId).toString('base64url');
}

/** Whether a posted token belongs to the id in the cookie, in constant time. */
export function isCsrfToken(secrets: readonly CsrfSecrets[], cookieId: string, posted: string): boolean {
  const given = tokenBytes(posted);
  return given !== undefined && secrets.some((secret) => timingSafeEqual(given, tokenOf(secret, cookieId)));
}

function tokenOf({ csrf }: CsrfSecrets, cookieId: string): Buffer {
  return createHmac('sha256', csrf).update(cookieId).digest();
}
