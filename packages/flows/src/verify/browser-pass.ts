import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CookieJar, NewCookie } from '../claims/cookies.ts';
import { freshBytes } from '../keys/fresh-bytes.ts';
import { tokenBytes } from '../keys/token-bytes.ts';
import type { VerifyContext } from './verify-context.ts';
import type { VerifySecrets } from './verify-secrets.ts';

/** What one browser has of one verification, in a cookie. Which browser started is stored as a hash of `secret`. */
export interface BrowserPass {
  readonly verificationId: string;
  /** 256 random bits, known to this browser alone. */
  readonly secret: string;
  /** In milliseconds since the epoch. */
  readonly issuedAt: number;
}

const namePrefix = 'verify-';
const valueForm = /^([A-Za-z0-9_-]{43})\.([0-9a-z]{1,10})\.([A-Za-z0-9_-]{43})$/;

/** Each takes some 130 bytes of every request to this origin; servers refuse headers that are too long, most of them at 8 kB. */
const mostPasses = 8;

/** The pass of a browser that gets one right now. */
export function newBrowserPass(verificationId: string, now: number): BrowserPass {
  return { verificationId, secret: freshBytes(32).toString('base64url'), issuedAt: now };
}

/**
 * The cookie that holds a pass, for as long as a result is waited for. Its code proves that it is from us: only who opened the right link
 * gets one.
 */
export function passCookie(
  { secrets, giveUpAfterMs }: Pick<VerifyContext, 'secrets' | 'giveUpAfterMs'>,
  pass: BrowserPass,
): NewCookie {
  const { verificationId, secret, issuedAt } = pass;
  const code = codeOf(secrets.browser, pass).toString('base64url');
  return {
    name: namePrefix + verificationId,
    value: `${secret}.${issuedAt.toString(36)}.${code}`,
    maxAgeSeconds: Math.ceil(giveUpAfterMs / 1_000),
  };
}

/** The pass that a browser has for a verification; `undefined`: none, or not from us. */
export function passIn(
  jar: CookieJar,
  { browser }: VerifySecrets,
  request: Request,
  verificationId: string,
): BrowserPass | undefined {
  const value = jar.read(request, namePrefix + verificationId);
  const [, secret = '', issued = '', code = ''] = valueForm.exec(value ?? '') ?? [];
  const pass = { verificationId, secret, issuedAt: Number.parseInt(issued, 36) };
  const given = tokenBytes(code);
  return given !== undefined && timingSafeEqual(given, codeOf(browser, pass)) ? pass : undefined;
}

/** Removes the oldest passes of a browser, so that there is room for one more of `verificationId`. */
export function roomForPass(
  jar: CookieJar,
  secrets: VerifySecrets,
  request: Request,
  verificationId: string,
): NewCookie[] {
  return jar
    .namesLike(request, namePrefix)
    .map((name) => name.slice(namePrefix.length))
    .filter((id) => id !== verificationId)
    .map((id) => ({ id, issuedAt: passIn(jar, secrets, request, id)?.issuedAt ?? 0 }))
    .toSorted((a, b) => b.issuedAt - a.issuedAt)
    .slice(mostPasses - 1)
    .map(({ id }) => ({ name: namePrefix + id, maxAgeSeconds: 0 }));
}

function codeOf(key: Uint8Array, { verificationId, secret, issuedAt }: BrowserPass): Buffer {
  return createHmac('sha256', key).update(`${verificationId}.${secret}.${issuedAt}`).digest();
}
