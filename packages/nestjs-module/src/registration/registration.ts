import type { OnApplicationBootstrap, OnApplicationShutdown, OnModuleDestroy } from '@nestjs/common';
import type { SeekPass } from '@seek-pass-kit/core';
import type { AddFlow, Inbox, Store, VerifyFlow } from '@seek-pass-kit/flows';
import type { HostLogger, HostRoute } from '@seek-pass-kit/flows/node';
import type { HandlerBook } from '../handlers/handler-book.ts';

/** The parts of one registration, opened. */
export interface RegistrationParts {
  readonly name: string;
  readonly seekPass: SeekPass;
  readonly store?: Store;
  readonly addFlow?: AddFlow;
  readonly verifyFlow?: VerifyFlow;
  readonly inbox?: Inbox;
  /** What the application does with events; filled when its modules are there. */
  readonly handlers: HandlerBook;
  /** Where everything of the registration tells what happens: ids, names of outcomes and figures only. */
  readonly log: HostLogger;
  /** What is served beside the controllers of the application. */
  readonly routes: readonly ServedRoute[];
  /** Ends what was opened here, at the very end. */
  readonly close: () => Promise<void>;
}

/** A route, and the origin by which browsers and SEEK Pass call it. */
export interface ServedRoute extends HostRoute {
  readonly origin: string;
}

/** One registration in the life of the application: it works from the bootstrap to the shutdown. */
export class Registration implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  readonly name: string;
  readonly seekPass: SeekPass;
  readonly addFlow: AddFlow | undefined;
  readonly verifyFlow: VerifyFlow | undefined;
  readonly inbox: Inbox | undefined;
  readonly handlers: HandlerBook;
  readonly log: HostLogger;
  readonly routes: readonly ServedRoute[];
  readonly #close: () => Promise<void>;

  constructor(parts: RegistrationParts) {
    this.name = parts.name;
    this.seekPass = parts.seekPass;
    this.addFlow = parts.addFlow;
    this.verifyFlow = parts.verifyFlow;
    this.inbox = parts.inbox;
    this.handlers = parts.handlers;
    this.log = parts.log;
    this.routes = parts.routes;
    this.#close = parts.close;
  }

  onApplicationBootstrap(): void {
    // TODO: the worker starts here.
  }

  async onModuleDestroy(): Promise<void> {
    // TODO: and ends here.
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#close();
  }
}
