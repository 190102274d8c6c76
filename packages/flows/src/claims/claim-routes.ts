import { isAwardId } from '../awards/claim-link.ts';
import type { AwardStep } from './claim-paths.ts';

/** Where a request goes. */
export type ClaimRoute =
  | { readonly to: 'awards' | 'handoff' | 'logo' | 'sign-out' | 'unknown' }
  | { readonly to: 'opt-out' }
  | { readonly to: 'handoff-address'; readonly secret: string }
  | { readonly to: 'link'; readonly awardId: string; readonly token: string }
  | { readonly to: 'start' | AwardStep; readonly awardId: string };

/** Reads the path of a request. What is no path of ours leads to `unknown`. */
export function routeOf(basePath: string, pathname: string): ClaimRoute {
  if (!pathname.startsWith(`${basePath}/`)) return { to: 'unknown' };
  if (pathname.startsWith(`${basePath}/opt-out/`)) return { to: 'opt-out' };
  const [first = '', second, ...rest] = pathname.slice(basePath.length + 1).split('/');
  if (rest.length > 0) return { to: 'unknown' };
  if (second === undefined) {
    switch (first) {
      case 'awards':
      case 'handoff':
      case 'logo':
      case 'sign-out':
        return { to: first };
    }
  }
  if (first === 'handoff' && second !== undefined) return { to: 'handoff-address', secret: second };
  if (!isAwardId(first)) return { to: 'unknown' };
  switch (second) {
    case undefined:
      return { to: 'start', awardId: first };
    case 'code':
    case 'proof':
    case 'facts':
    case 'add':
      return { to: second, awardId: first };
    default:
      return { to: 'link', awardId: first, token: second };
  }
}
