import type { Route } from './message.ts';

/** What the router found for a request. */
export type Found =
  | { readonly route: Route; readonly params: Readonly<Record<string, string>> }
  /** The path exists with other methods. */
  | { readonly route: undefined; readonly allow: readonly string[] };

const noParams: Readonly<Record<string, string>> = Object.freeze({});

interface Pattern {
  readonly route: Route;
  readonly parts: readonly string[];
}

/** Finds the route of a request: fixed paths by one map look-up, paths with `:name` part by part in the order given. */
export class Router {
  readonly #fixed = new Map<string, Route>();
  readonly #patterns: Pattern[] = [];
  readonly #methods = new Map<string, string[]>();

  /** Adds routes below a prefix such as `/3f…9a`; two routes for the same method and path are a programming error. */
  mount(routes: readonly Route[], prefix = ''): void {
    for (const route of routes) {
      const path = prefix + route.path;
      if (path.includes('/:')) {
        this.#patterns.push({ route, parts: path.split('/') });
        continue;
      }
      const key = `${route.method} ${path}`;
      if (this.#fixed.has(key)) throw new TypeError(`Two routes for ${key}.`);
      this.#fixed.set(key, route);
      this.#methods.set(path, [...(this.#methods.get(path) ?? []), route.method]);
    }
  }

  /** HEAD finds the GET route. */
  find(method: string, path: string): Found {
    const wanted = method === 'HEAD' ? 'GET' : method;
    const fixed = this.#fixed.get(`${wanted} ${path}`);
    if (fixed !== undefined) return { route: fixed, params: noParams };
    const allow = [...(this.#methods.get(path) ?? [])];
    const parts = path.split('/');
    for (const pattern of this.#patterns) {
      const params = match(pattern.parts, parts);
      if (params === undefined) continue;
      if (pattern.route.method === wanted) return { route: pattern.route, params };
      allow.push(pattern.route.method);
    }
    return { route: undefined, allow };
  }
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, expected] of pattern.entries()) {
    const given = parts[at] ?? '';
    if (!expected.startsWith(':')) {
      if (expected !== given) return undefined;
      continue;
    }
    // ":id.json" names the part before the suffix.
    const dot = expected.indexOf('.');
    const suffix = dot < 0 ? '' : expected.slice(dot);
    if (!given.endsWith(suffix) || given.length === suffix.length) return undefined;
    const value = decoded(given.slice(0, given.length - suffix.length));
    if (value === undefined) return undefined;
    params[expected.slice(1, dot < 0 ? undefined : dot)] = value;
  }
  return params;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
