import type { ServedRoute } from './registration.ts';

/** The route of a handler that the outside world calls under this URL. */
export function routeAt(url: string, handler: ServedRoute['handler']): ServedRoute {
  const { origin, pathname } = new URL(url);
  return { origin, path: pathname.replace(/\/$/, ''), handler };
}

/** The routes of a handler with several URLs: one for each path, whatever the host. */
export function routesAt(urls: string | readonly string[], handler: ServedRoute['handler']): ServedRoute[] {
  const routes = [urls].flat().map((url) => routeAt(url, handler));
  return [...new Map(routes.map((route) => [route.path, route])).values()];
}
