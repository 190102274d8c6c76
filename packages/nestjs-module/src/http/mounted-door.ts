import type { HttpAdapterHost } from '@nestjs/core';
import { ConfigurationError } from '@seek-pass-kit/core';
import type { FrontDoor, MountedRoute, RouteOwner } from '@seek-pass-kit/flows/node';
import { type ExpressInstance, mountInExpress } from './mount-in-express.ts';
import { type FastifyInstance, mountInFastify, silenceInFastify } from './mount-in-fastify.ts';

type HttpAdapter = HttpAdapterHost['httpAdapter'];

/** The door of one HTTP adapter, which all registrations of the application share. */
export interface MountedDoor {
  /** As that of {@link FrontDoor}. */
  readonly open: (owner: RouteOwner, routes: readonly MountedRoute[]) => void;
  readonly drain: () => void;
}

const doors = new WeakMap<object, MountedDoor>();

/**
 * The door of an adapter, mounted when it is asked for first.
 *
 * @throws {ConfigurationError} `invalid_configuration` when nothing can be mounted in front of this adapter.
 */
export function doorOf(adapter: HttpAdapter, createFrontDoor: () => FrontDoor): MountedDoor {
  const instance = adapter.getInstance<object>();
  const mounted = doors.get(instance) ?? mountDoor(adapter, createFrontDoor());
  doors.set(instance, mounted);
  return mounted;
}

function mountDoor(adapter: HttpAdapter, door: FrontDoor): MountedDoor {
  const type = adapter.getType();
  if (type === 'express') {
    mountInExpress(adapter.getInstance<ExpressInstance>(), door);
    return door;
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
    open(owner, routes) {
      door.open(owner, routes);
      for (const { path } of routes) silenceInFastify(fastify, path);
    },
  };
}
