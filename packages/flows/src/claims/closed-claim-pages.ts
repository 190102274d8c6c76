import type { Brand } from '../flow-context.ts';
import { problemAnswer } from './answers.ts';
import { openPageDesk } from './page-desk.ts';

/** Whose pages are closed. */
export interface ClosedClaimPages {
  readonly claimBaseUrl: string;
  readonly brand: Pick<Brand, 'name' | 'colour' | 'helpEmail'>;
  /** For a browser whose languages we do not speak. Default `en`. */
  readonly defaultLocale?: string;
  /** When the browser may try again. Default 60,000. */
  readonly retryAfterMs?: number;
}

/**
 * What answers at the place of the claim pages while there is no flow: every request gets 503, `Retry-After` and the page that says to
 * try again later, with the headers of all claim pages. Nothing is looked up.
 */
export function closedClaimPages({
  claimBaseUrl,
  brand,
  defaultLocale = 'en',
  retryAfterMs = 60_000,
}: ClosedClaimPages): (request: Request) => Promise<Response> {
  const desk = openPageDesk({ brand, defaultLocale, redirectOrigin: '' }, claimBaseUrl);
  return async (request) =>
    problemAnswer({ desk, request, url: new URL(request.url) }, 'unavailable', { retryAfterMs });
}
