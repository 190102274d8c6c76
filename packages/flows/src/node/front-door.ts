import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConfigurationError, systemClock } from '@seek-pass-kit/core';
import { endSlowRequest } from './end-slow-request.ts';
import type { HostRecord } from './host-record.ts';
import { type NodeListener, type NodeListenerOptions, toNodeListener } from './node-listener.ts';
import { looseText, redactClaimPath } from './redact-claim-path.ts';
import { checkPath, type HostRoute, pathOf } from './routes.ts';
import { whenAnswered } from './when-answered.ts';

/** A route in a server whose other paths belong to somebody else. */
export interface MountedRoute extends HostRoute {
  /** As {@link NodeListenerOptions.origin}: routes of several institutions may have one each. */
  readonly origin: string;
}

/** To whom routes belong. */
export interface RouteOwner {
  /** For messages: `SeekPassModule 'hr'`. */
  readonly name: string;
  /** As {@link NodeListenerOptions.onError}. */
  readonly onError?: NodeListenerOptions['onError'];
  /** Counts the answers, by route. */
  readonly record?: Pick<HostRecord, 'answered'> | undefined;
}

/**
 * What of this kit is served in the server of an application. It has to come before everything that reads a body, writes a path into a
 * log, or asks for a sign-in: SEEK Pass and learners have none, and a claim link has its token in its path.
 */
export interface FrontDoor {
  /**
   * Serves routes from now on; of two paths the longer one wins.
   *
   * @throws {ConfigurationError} `invalid_configuration` when a path is not a plain one, or is served already: then it names that owner.
   */
  readonly open: (owner: RouteOwner, routes: readonly MountedRoute[]) => void;
  /**
   * Answers the request and gives `true`, when its path is one of ours. Then `url` and `originalUrl` of the request end with
   * `/[redacted]`, so that whatever logs it later writes no token.
   */
  readonly take: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;
  /**
   * As {@link FrontDoor.take}, when it is one of ours that a stricter router would not know for one: with other capitals, an escape, a doubled
   * slash, or a method that no link and no form has. It is for a framework that logs what it does not know: links that were mangled on their way
   * hold their token still.
   */
  readonly takeMangled: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;
  /** From now on every answer tells its client to use the connection no more. */
  readonly drain: () => void;
}

interface OpenRoute {
  readonly path: string;
  readonly loosePath: string;
  readonly owner: RouteOwner;
  readonly listener: NodeListener;
}

/** Settings of {@link createFrontDoor}. */
interface FrontDoorOptions {
  /** A request whose body takes longer to come is answered with 408. Default 30,000 milliseconds. */
  readonly requestMs?: number;
}

/**
 * Makes a front door without routes.
 *
 * ```ts
 * const door = createFrontDoor();
 * door.open({ name: 'portal' }, [{ path: '/claim', origin: 'https://portal.example.edu', handler: flow.claimPages() }]);
 * createServer((incoming, outgoing) => door.take(incoming, outgoing) || ownPages(incoming, outgoing));
 * ```
 */
export function createFrontDoor({ requestMs = 30_000 }: FrontDoorOptions = {}): FrontDoor {
  let open: readonly OpenRoute[] = [];
  const answering = new Set<ServerResponse>();
  let draining = false;

  return {
    open(owner, routes) {
      const more = routes.map((route) => openRoute(owner, route));
      for (const [index, { path, loosePath }] of more.entries()) {
        const other = [...open, ...more.slice(0, index)].find((one) => one.loosePath === loosePath);
        if (other === undefined) continue;
        throw new ConfigurationError(
          `${path} is served by ${other.owner.name} already: give each of the two a path of its own.`,
        );
      }
      open = [...open, ...more].toSorted((a, b) => b.path.length - a.path.length);
    },

    take(incoming, outgoing) {
      const route = routeOf(incoming);
      if (route === undefined) return false;
      answer(route, incoming, outgoing);
      return true;
    },

    takeMangled(incoming, outgoing) {
      const route = routeOf(incoming);
      if (route === undefined || isPlain(incoming, route.path)) return false;
      answer(route, incoming, outgoing);
      return true;
    },

    drain() {
      draining = true;
      for (const outgoing of answering) endConnection(outgoing);
    },
  };

  function routeOf(incoming: IncomingMessage): OpenRoute | undefined {
    const path = looseText(pathIn(incoming));
    return open.find(({ loosePath }) => path === loosePath || path.startsWith(`${loosePath}/`));
  }

  function answer(route: OpenRoute, incoming: IncomingMessage, outgoing: ServerResponse): void {
    answering.add(outgoing);
    outgoing.once('close', () => answering.delete(outgoing));
    if (draining) endConnection(outgoing);
    const { record } = route.owner;
    if (record !== undefined) whenAnswered(outgoing, route.path, { record, clock: systemClock });
    endSlowRequest(incoming, outgoing, requestMs);
    // Reads the address before it returns.
    route.listener(incoming, outgoing);
    redactIn(incoming, route.path);
  }
}

function openRoute(owner: RouteOwner, { path, origin, handler, maxBodyBytes }: MountedRoute): OpenRoute {
  checkPath(path);
  const { onError } = owner;
  const listener = toNodeListener(handler, {
    origin,
    ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
    ...(onError === undefined ? {} : { onError }),
  });
  return { path, loosePath: path.toLowerCase(), owner, listener };
}

/**
 * The path that was asked for. It is compared as any router might read it: a link that lost its capitals on its way is not found here, and is
 * in no log of the application either.
 */
function pathIn(incoming: IncomingMessage & { originalUrl?: string }): string {
  const target = incoming.originalUrl ?? incoming.url ?? '';
  return pathOf(target.replace(/^https?:\/\/[^/?#]*/i, ''));
}

/** Whether every router reads it alike. */
function isPlain(incoming: IncomingMessage, path: string): boolean {
  const asked = pathIn(incoming);
  const isOurs = asked === path || asked.startsWith(`${path}/`);
  const isUsual = incoming.method === 'GET' || incoming.method === 'HEAD' || incoming.method === 'POST';
  return isOurs && isUsual && /^[\w./~-]*$/.test(asked) && !asked.includes('//');
}

function redactIn(incoming: IncomingMessage & { originalUrl?: string }, path: string): void {
  const redacted = redactClaimPath(incoming.originalUrl ?? incoming.url ?? '', path);
  incoming.url = redacted;
  if (incoming.originalUrl !== undefined) incoming.originalUrl = redacted;
}

/** HTTP/2 says this in its own way. */
function endConnection(outgoing: ServerResponse): void {
  if (outgoing.req.httpVersionMajor < 2 && !outgoing.headersSent) outgoing.setHeader('connection', 'close');
}
