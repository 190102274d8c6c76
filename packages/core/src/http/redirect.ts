import type { Answer, Wire } from './exchange.ts';

/**
 * Where a redirect may be followed to: a path on the same origin, so that no token leaves it, and only where method and body
 * stay as they are. `undefined`: not followed.
 */
export function redirectTarget(answer: Answer, wire: Wire): string | undefined {
  const { status, headers } = answer;
  const keepsMethod = status === 307 || status === 308;
  const rewritesMethod = status === 301 || status === 302 || status === 303;
  if (!keepsMethod && !(rewritesMethod && wire.method === 'GET')) return undefined;
  const { location } = headers;
  if (typeof location !== 'string' || !URL.canParse(location, wire.origin + wire.path)) return undefined;
  const target = new URL(location, wire.origin + wire.path);
  if (target.origin !== wire.origin || target.username !== '' || target.password !== '') return undefined;
  return target.pathname + target.search;
}
