import type { OnApplicationBootstrap, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { type Clock, systemClock } from '@seek-pass-kit/core';
import type { Registration } from '../registration/registration.ts';
import { namedError } from '../registration/named-error.ts';
import { applicationIsMade } from '../registration/open-together.ts';

type WithWork = Pick<Registration, 'name' | 'work' | 'log'>;

/** Registrations whose work is on, by the application that they belong to. */
const working = new WeakMap<object, Set<WithWork>>();

/** For an application that calls `enableShutdownHooks()` only after it listens. */
const hooksByMs = 1_000;

/** Starts the work of a registration with the application, and drains it before anything that handlers may need is gone. */
export class WorkHooks implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly #application: object;
  readonly #registration: WithWork;
  readonly #clock: Clock;
  #cancel: () => void = () => undefined;
  #ended = false;

  /** `application`: any object that all modules of one application share, and no other application has. */
  constructor(application: object, registration: WithWork, clock: Clock = systemClock) {
    this.#application = application;
    this.#registration = registration;
    this.#clock = clock;
  }

  onModuleInit(): void {
    applicationIsMade(this.#application);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { name, work, log } = this.#registration;
    // An application may be closed while it starts.
    if (work === undefined || this.#ended) return;
    const all = working.get(this.#application) ?? new Set();
    working.set(this.#application, all.add(this.#registration));
    try {
      await work.start();
    } catch (error) {
      // Nest calls no hook of an application that did not start: what has begun would go on for ever.
      await this.onModuleDestroy();
      throw namedError(name, error);
    }
    if (!work.works || this.#ended) return;
    this.#cancel = this.#clock.setTimer(hooksByMs, () => {
      if (process.listenerCount('SIGTERM') > 0) return;
      const reason = 'a signal cuts jobs off: call app.enableShutdownHooks';
      log({ event: 'shutdown_hooks_missing', reason });
    });
  }

  /** Nest ends one module after the other: the first of several registrations has all of them drain, so that their times do not add up. */
  async onModuleDestroy(): Promise<void> {
    this.#ended = true;
    this.#cancel();
    const all = [...(working.get(this.#application) ?? [])];
    await Promise.all(all.map(async ({ work }) => work?.drain()));
  }
}
