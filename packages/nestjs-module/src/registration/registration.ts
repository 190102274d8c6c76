import type { OnApplicationShutdown } from '@nestjs/common';
import type { SeekPass } from '@seek-pass-kit/core';
import type { AddFlow, Inbox, Store, VerifyFlow } from '@seek-pass-kit/flows';
import type { HostLogger, HostRecord, HostRoute } from '@seek-pass-kit/flows/node';
import type { HandlerBook } from '../handlers/handler-book.ts';
import { errorKind } from '../errors/error-kind.ts';
import type { RegistrationWork } from '../work/registration-work.ts';

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
  /** What health and metrics are told by. Absent, as `work`, in a registration that is a client of SEEK Pass and nothing else. */
  readonly record?: HostRecord;
  readonly work?: RegistrationWork;
  /** What is served beside the controllers of the application. */
  readonly routes: readonly ServedRoute[];
  /** Ends what was opened here, at the very end. What fails to end keeps nothing else open. */
  readonly close: (onError: (error: unknown) => void) => Promise<void>;
}

/** A route, and the origin by which browsers and SEEK Pass call it. */
export interface ServedRoute extends HostRoute {
  readonly origin: string;
}

/** One registration. It ends when Nest has closed the HTTP server. */
export class Registration implements OnApplicationShutdown {
  readonly name: string;
  readonly seekPass: SeekPass;
  readonly addFlow: AddFlow | undefined;
  readonly verifyFlow: VerifyFlow | undefined;
  readonly inbox: Inbox | undefined;
  readonly handlers: HandlerBook;
  readonly log: HostLogger;
  readonly record: HostRecord | undefined;
  readonly work: RegistrationWork | undefined;
  readonly routes: readonly ServedRoute[];
  readonly #close: RegistrationParts['close'];

  constructor(parts: RegistrationParts) {
    this.name = parts.name;
    this.seekPass = parts.seekPass;
    this.addFlow = parts.addFlow;
    this.verifyFlow = parts.verifyFlow;
    this.inbox = parts.inbox;
    this.handlers = parts.handlers;
    this.log = parts.log;
    this.record = parts.record;
    this.work = parts.work;
    this.routes = parts.routes;
    this.#close = parts.close;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#close((error) => this.log({ event: 'close_failed', error: errorKind(error) }));
  }
}
