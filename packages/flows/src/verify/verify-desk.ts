import { createHash } from 'node:crypto';
import { CookieJar } from '../claims/cookies.ts';
import { csrfToken } from '../claims/csrf-token.ts';
import { pageHeaders } from '../claims/page-headers.ts';
import type { PageForm } from '../pages/claim-page.ts';
import type { VerificationRow } from '../store/verifications.ts';
import { type BrowserPass, passIn } from './browser-pass.ts';
import type { VerifyContext } from './verify-context.ts';
import { isSameHash, plainHash } from './verify-secrets.ts';

/** What every answer of the verify pages is made with. */
export interface VerifyDesk {
  readonly context: VerifyContext;
  readonly cookies: CookieJar;
  /** Of our own pages. */
  readonly origin: string;
  /** Where the pages are mounted, such as `/verify`; empty at the root. */
  readonly basePath: string;
  /** Of security rule 6, on every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** With the hash of the logo: another logo has another path. */
  readonly logoPath?: string;
}

/** One request and what it is answered with. */
export interface VerifyVisit {
  readonly desk: VerifyDesk;
  readonly request: Request;
  readonly url: URL;
}

export function openVerifyDesk(context: VerifyContext): VerifyDesk {
  const { origin, pathname } = new URL(context.callbackBaseUrl);
  const basePath = pathname === '/' ? '' : pathname;
  const { logo } = context.brand;
  const logoHash = logo && createHash('sha256').update(logo.bytes).digest('hex').slice(0, 16);
  return {
    context,
    cookies: new CookieJar(origin),
    origin,
    basePath,
    headers: pageHeaders(context.brand, context.redirectOrigin),
    ...(logoHash === undefined ? {} : { logoPath: `${basePath}/logo?v=${logoHash}` }),
  };
}

/** Where this browser reads what came of it. */
export function resultPath({ basePath }: VerifyDesk, verificationId: string): string {
  return `${basePath}/result/${verificationId}`;
}

/** Where the first page of an opened start link is, without its token. */
export function startPath({ basePath }: VerifyDesk, verificationId: string): string {
  return `${basePath}/start/${verificationId}`;
}

/** The form of the start page, for the browser with this pass. */
export function startForm(desk: VerifyDesk, { verificationId, secret }: BrowserPass): PageForm {
  return {
    action: startPath(desk, verificationId),
    csrfToken: csrfToken([desk.context.secrets], secret),
  };
}

/** What this browser has of a verification. */
export function passOf({ desk, request }: VerifyVisit, verificationId: string): BrowserPass | undefined {
  return passIn(desk.cookies, desk.context.secrets, request, verificationId);
}

/** Whether the browser with this pass is the one that started. */
export function isStarter({ browserHash }: VerificationRow, pass: BrowserPass | undefined): boolean {
  return pass !== undefined && browserHash !== null && isSameHash(plainHash(pass.secret), browserHash);
}
