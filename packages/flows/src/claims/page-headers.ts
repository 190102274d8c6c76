import type { Brand } from '../flow-context.ts';
import { styleHash } from '../pages/style-sheet.ts';

/**
 * The headers of every page that people see (security rule 6). `same-origin`, since `no-referrer` would send `Origin: null` with our own
 * forms; the origin of SEEK Pass in `form-action`, since a browser may count going on to it as a part of the form that led there.
 */
export function pageHeaders(brand: Brand, redirectOrigin: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src ${styleHash(brand)}`,
    "img-src 'self' data:",
    `form-action 'self' ${redirectOrigin}`.trimEnd(),
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
