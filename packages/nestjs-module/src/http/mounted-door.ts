import type { Server } from 'node:http';
import type { HttpAdapterHost } from '@nestjs/core';
import { ConfigurationError } from '@seek-pass-kit/core';
import type { FrontDoor, MountedRoute, RouteOwner } from '@seek-pass-kit/flows/node';
import { type ExpressInstance, mountInExpress } from './mount-in-express.ts';
import { type FastifyInstance, mountInFastify, silenceInFastify } from './mount-in-fastify.ts';
import { mountInServer } from './mount-in-server.ts';

type HttpAdapter = HttpAdapterHost['httpAdapter'];

/** The door of one HTTP adapter, which all registrations of the application share. */
export interface MountedDoor {
  /** As that of {@link FrontDoor}. */
  readonly open: (owner: RouteOwner, routes: readonly MountedRoute[]) => void;
  readonly drain: () => void;
  /**
   * Has webhooks answered before the framework sees them, and what Fastify would log, from the moment that the application has its server.
   * Doing it again does nothing.
   */
  readonly mountIn: (server: Server) => void;
}

/** A door in its framework. */
interface DoorInside extends Omit<MountedDoor, 'mountIn'> {
  /** What must not come as far as the framework. */
  readonly takeEarly?: FrontDoor['take'];
}

const doors = new WeakMap<object, MountedDoor>();

/**
 * The door of an adapter, mounted when it is asked for first.
 *
 * @throws {ConfigurationError} `invalid_configuration` when nothing can be mounted in front of this adapter.
 */
export function doorOf(adapter: HttpAdapter, createFrontDoor: () => FrontDoor): MountedDoor {
  const instance = adapter.getInstance<object>();
  const mounted = doors.get(instance) ?? withLane(mountDoor(adapter, createFrontDoor()), createFrontDoor());
  doors.set(instance, mounted);
  return mounted;
}

/**
 * A second door, of webhooks alone, which no code of the application has a part in: what Express and Fastify do for every request takes longer
 * than judging a webhook.
 */
function withLane(door: DoorInside, lane: FrontDoor): MountedDoor {
  const paths = new Set<string>();
  const servers = new WeakSet<Server>();
  return {
    open(owner, routes) {
      door.open(owner, routes);
      const webhooks = routes.filter(({ handler }) => handler.plain !== undefined);
      lane.open(owner, webhooks);
      for (const { path } of webhooks) paths.add(path);
    },
    drain() {
      door.drain();
      lane.drain();
    },
    mountIn(server) {
      const { takeEarly = () => false } = door;
      if ((paths.size === 0 && door.takeEarly === undefined) || servers.has(server)) return;
      servers.add(server);
      mountInServer(
        server,
        (incoming, outgoing) =>
          (paths.has(incoming.url ?? '') && lane.take(incoming, outgoing)) || takeEarly(incoming, outgoing),
      );
    },
  };
}

function mountDoor(adapter: HttpAdapter, door: FrontDoor): DoorInside {
  const type = adapter.getType();
  if (type === 'express') {
    mountInExpress(adapter.getInstance<ExpressInstance>(), door);
    return { open: door.open, drain: door.drain };
  }
  if (type !== 'fastify') {
    throw new ConfigurationError(
      `claim pages, verify pages and webhooks cannot be mounted in an HTTP adapter of type ${JSON.stringify(type)}: use that of @nestjs/platform-express or @nestjs/platform-fastify.`,
    );
  }
  const fastify = adapter.getInstance<FastifyInstance>();
  mountInFastify(fastify, door);
  return {
    drain: door.drain,
    // Fastify logs a request before any hook of it runs, and knows paths that are written in one way only.
    takeEarly: door.takeMangled,
    open(owner, routes) {
      door.open(owner, routes);
      for (const { path } of routes) silenceInFastify(fastify, path);
    },
  };
}
