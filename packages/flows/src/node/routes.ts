import { ConfigurationError } from '@seek-pass-kit/core';
import {
  type NodeListener,
  type NodeListenerOptions,
  toNodeListener,
  type WebHandler,
} from './node-listener.ts';

/** What a host serves under a path. */
export interface HostRoute {
  /** `/claim` serves `/claim` and everything under it. */
  readonly path: string;
  readonly handler: WebHandler;
  /** As {@link NodeListenerOptions.maxBodyBytes}. */
  readonly maxBodyBytes?: number;
}

/** A route that answers. */
export interface ServedRoute {
  readonly path: string;
  readonly listener: NodeListener;
}

/**
 * Checks the routes and makes their listeners, the most specific first.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the path.
 */
export function serveRoutes(
  routes: readonly HostRoute[],
  options: Omit<NodeListenerOptions, 'maxBodyBytes'>,
): ServedRoute[] {
  const paths = new Set<string>();
  for (const { path } of routes) {
    checkPath(path);
    if (path === '/health' || path.startsWith('/health/') || path === '/metrics' || paths.has(path)) {
      throw new ConfigurationError(`The route ${path} is taken: give every route a path of its own.`);
    }
    paths.add(path);
  }
  return routes
    .toSorted((a, b) => b.path.length - a.path.length)
    .map(({ path, handler, maxBodyBytes }) => ({
      path,
      listener: toNodeListener(handler, {
        ...options,
        ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
      }),
    }));
}

/** @throws {ConfigurationError} `invalid_configuration` when a path of a route is not a plain one. */
export function checkPath(path: string): void {
  if (/^(\/[A-Za-z0-9._-]+)+$/.test(path)) return;
  throw new ConfigurationError(
    `The route ${JSON.stringify(path)} is not a plain path: write it like /claim.`,
  );
}

/** The route of a request target. Read literally: what a proxy or a browser does not send serves nobody. */
export function routeOf(
  routes: readonly ServedRoute[],
  target: string | undefined = '',
): ServedRoute | undefined {
  const path = pathOf(target);
  return routes.find((route) => path === route.path || path.startsWith(`${route.path}/`));
}

/** Without the query. */
export function pathOf(target: string | undefined = ''): string {
  return target.split('?', 1)[0] ?? '';
}
