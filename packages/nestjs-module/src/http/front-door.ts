import type { OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { toNodeListener } from '@seek-pass-kit/flows/node';
import type { ServedRoute } from '../registration/registration.ts';

/** Serves the routes of a registration before anything of the application reads a body, logs a path or asks for a sign-in. */
export class FrontDoor implements OnModuleInit {
  readonly #host: HttpAdapterHost;
  readonly #routes: readonly ServedRoute[];
  #mounted = false;

  constructor(host: HttpAdapterHost, routes: readonly ServedRoute[]) {
    this.#host = host;
    this.#routes = routes;
    this.#mount();
  }

  onModuleInit(): void {
    this.#mount();
  }

  #mount(): void {
    const adapter = this.#host.httpAdapter;
    if (this.#mounted || adapter === undefined || adapter === null) return;
    this.#mounted = true;
    for (const { path, handler, origin } of this.#routes) {
      adapter
        .getInstance<{ use(path: string, listener: unknown): void }>()
        .use(path, toNodeListener(handler, { origin }));
    }
  }
}
