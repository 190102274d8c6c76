import { createHash } from 'node:crypto';
import type { FlowContext } from '../flow-context.ts';
import { styleHash } from '../pages/style-sheet.ts';
import { type ClaimHandlerOptions, type ClaimRules, readClaimRules } from './claim-handler-options.ts';
import { type ClaimSecrets, deriveClaimSecrets } from './claim-secrets.ts';
import { CookieJar } from './cookies.ts';

/** What every answer of the claim pages is made with: checked, derived and hashed once. */
export interface ClaimDesk {
  readonly context: FlowContext;
  readonly rules: ClaimRules;
  readonly secrets: readonly ClaimSecrets[];
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
export interface Visit {
  readonly desk: ClaimDesk;
  readonly request: Request;
  readonly url: URL;
  /** The address at the other end of the socket. */
  readonly remoteAddress: string | undefined;
}

/** @throws {ConfigurationError} `invalid_configuration`, naming the setting. */
export function openClaimDesk(context: FlowContext, options: ClaimHandlerOptions): ClaimDesk {
  const { origin, pathname } = new URL(context.claimBaseUrl);
  const basePath = pathname === '/' ? '' : pathname;
  const { logo } = context.brand;
  return {
    context,
    rules: readClaimRules(context, options),
    secrets: deriveClaimSecrets(context.issuer, context.claimKeys),
    cookies: new CookieJar(origin),
    origin,
    basePath,
    headers: headersOf(context),
    ...(logo === undefined
      ? {}
      : {
          logoPath: `${basePath}/logo?v=${createHash('sha256').update(logo.bytes).digest('hex').slice(0, 16)}`,
        }),
  };
}

/**
 * `same-origin`, since `no-referrer` would send `Origin: null` with our own forms; the origin of SEEK Pass in `form-action`, since a browser
 * may count going on to it as a part of the form that led there.
 */
function headersOf({ brand, redirectOrigin }: FlowContext): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src ${styleHash(brand)}`,
    "img-src 'self' data:",
    `form-action 'self' ${redirectOrigin}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    'cache-control': 'no-store',
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex',
  };
}
