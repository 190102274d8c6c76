import type { ServedRoute } from './registration.ts';

/** The route of a handler that the outside world calls under this URL. */
export function routeAt(url: string, handler: ServedRoute['handler']): ServedRoute {
  const { origin, pathname } = new URL(url);
  return { origin, path: pathname.replace(/\/$/, ''), handler };
}
