import { createHash } from 'node:crypto';
import type { Brand } from '../flow-context.ts';
import { CookieJar } from './cookies.ts';
import { pageHeaders } from './page-headers.ts';

/** Whose pages they are. */
interface PageContext {
  readonly brand: Brand;
  readonly defaultLocale: string;
  readonly redirectOrigin: string;
}

/** What every answer is made with that people see: of the claim pages, and of the verify pages. */
export interface PageDesk<Context extends PageContext = PageContext> {
  readonly context: Context;
  readonly cookies: CookieJar;
  /** Of our own pages. */
  readonly origin: string;
  /** Where the pages are mounted, such as `/claim`; empty at the root. */
  readonly basePath: string;
  /** Of security rule 6, on every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** With the hash of the logo: another logo has another path. */
  readonly logoPath?: string;
}

/** One request and what it is answered with. */
export interface PageVisit {
  readonly desk: PageDesk;
  readonly request: Request;
  readonly url: URL;
}

/** `baseUrl`: below which the pages are. */
export function openPageDesk<Context extends PageContext>(
  context: Context,
  baseUrl: string,
): PageDesk<Context> {
  const { origin, pathname } = new URL(baseUrl);
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
