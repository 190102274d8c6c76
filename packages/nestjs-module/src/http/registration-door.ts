import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import type { OnApplicationBootstrap, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import type { errorName, FrontDoor } from '@seek-pass-kit/flows/node';
import { namedError } from '../registration/named-error.ts';
import type { Registration } from '../registration/registration.ts';
import { doorOf, type MountedDoor } from './mounted-door.ts';

/** Nest 10 has no `init$`; an application without a server has no adapter. */
type AdapterHost = Pick<Partial<HttpAdapterHost>, 'httpAdapter' | 'init$'>;

/** Whose routes are served. */
type Served = Pick<Registration, 'name' | 'routes' | 'log' | 'record'>;

/** Of the flows. */
interface ServedBy {
  readonly createFrontDoor: () => FrontDoor;
  readonly errorName: typeof errorName;
}

/** Serves the routes of a registration. What serves them is loaded only when there are some. */
export async function openDoor(host: AdapterHost, registration: Served): Promise<RegistrationDoor> {
  if (registration.routes.length === 0) return new RegistrationDoor(host, registration, undefined);
  return new RegistrationDoor(host, registration, await import('@seek-pass-kit/flows/node'));
}

/** Serves the routes of a registration in front of the application, from the moment that this has an HTTP adapter. */
export class RegistrationDoor implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly #host: AdapterHost;
  readonly #registration: Served;
  readonly #node: ServedBy | undefined;
  #door: MountedDoor | undefined;

  constructor(host: AdapterHost, registration: Served, node: ServedBy | undefined) {
    this.#host = host;
    this.#registration = registration;
    this.#node = node;
    this.#open();
    // A testing module is given its adapter later, and the application that tests it mounts things right after that.
    host.init$?.subscribe(() => {
      try {
        this.#open();
      } catch {
        // It fails once more in onModuleInit, where somebody hears of it.
      }
    });
  }

  onModuleInit(): void {
    this.#open();
    const server: unknown = this.#host.httpAdapter?.getHttpServer();
    if (server instanceof EventEmitter) this.#door?.mountIn(server as Server);
  }

  onApplicationBootstrap(): void {
    const { routes, log } = this.#registration;
    if (routes.length === 0 || this.#door !== undefined) return;
    log({ event: 'not_served', route: routes.map(({ path }) => path) });
  }

  onModuleDestroy(): void {
    this.#door?.drain();
  }

  #open(): void {
    const { httpAdapter } = this.#host;
    if (this.#door !== undefined || this.#node === undefined || !httpAdapter) return;
    const { createFrontDoor, errorName } = this.#node;
    const { name, routes, log, record } = this.#registration;
    const onError = (error: unknown) => log({ event: 'request_failed', error: errorName(error) });
    try {
      const door = doorOf(httpAdapter, createFrontDoor);
      door.open({ name: `SeekPassModule '${name}'`, onError, record }, routes);
      this.#door = door;
    } catch (error) {
      throw namedError(name, error);
    }
  }
}
