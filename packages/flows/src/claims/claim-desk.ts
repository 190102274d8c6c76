import { createHash } from 'node:crypto';
import type { FlowContext } from '../flow-context.ts';
import { type ClaimHandlerOptions, type ClaimRules, readClaimRules } from './claim-handler-options.ts';
import { type ClaimSecrets, deriveClaimSecrets } from './claim-secrets.ts';
import { CookieJar } from './cookies.ts';
import { pageHeaders } from './page-headers.ts';

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
    headers: pageHeaders(context.brand, context.redirectOrigin),
    ...(logo === undefined
      ? {}
      : {
          logoPath: `${basePath}/logo?v=${createHash('sha256').update(logo.bytes).digest('hex').slice(0, 16)}`,
        }),
  };
}
