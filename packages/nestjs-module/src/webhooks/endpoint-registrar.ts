import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { type Clock, systemClock } from '@seek-pass-kit/core';
import type { Registration } from '../registration/registration.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';

/** Another process may have asked for a minute; and SEEK Pass, or the store, may be away for longer. */
const againMs = 61_000;

/** One attempt at SEEK Pass takes no longer. */
const patienceMs = 10_000;

/**
 * Has SEEK Pass send to the receiver of a registration when the application has started, if it is to; otherwise tells where no event can be
 * verified yet. The application does not wait for it.
 */
export class EndpointRegistrar implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #registration: Pick<Registration, 'inbox' | 'log'>;
  readonly #wanted: boolean;
  readonly #clock: Clock;
  #asking: Promise<void> = Promise.resolve();
  #cancel: () => void = () => undefined;
  #ended = false;

  constructor(
    registration: Pick<Registration, 'inbox' | 'log'>,
    { webhooks, clock = systemClock }: Pick<SeekPassModuleOptions, 'webhooks' | 'clock'>,
  ) {
    this.#registration = registration;
    this.#wanted = webhooks?.withoutInbox === undefined && webhooks?.registerEndpoint === true;
    this.#clock = clock;
  }

  onApplicationBootstrap(): void {
    // An application may be closed while it starts.
    if (this.#ended) return;
    if (this.#wanted) this.#asking = this.#ask();
    else this.#tellWithoutSecret();
  }

  /** What was asked is waited for, as the secret in the answer is shown once; but not for a SEEK Pass that does not answer. */
  async onModuleDestroy(): Promise<void> {
    this.#ended = true;
    this.#cancel();
    await new Promise<void>((resolve) => {
      const stop = this.#clock.setTimer(patienceMs, resolve);
      void this.#asking.then(resolve).finally(stop);
    });
  }

  async #ask(): Promise<void> {
    const { inbox, log } = this.#registration;
    if (inbox === undefined) return;
    let again = true;
    try {
      const ensured = await inbox.ensureEndpoints({ who: 'system' });
      for (const { url, outcome } of ensured) {
        if (outcome === 'created') log({ event: 'webhook_endpoint', outcome, route: pathOf(url) });
      }
      again = ensured.some(({ outcome }) => outcome === 'elsewhere');
      if (!again) this.#tellWithoutSecret();
    } catch (error) {
      const { errorName } = await import('@seek-pass-kit/flows/node');
      log({ event: 'webhook_endpoint', outcome: 'failed', error: errorName(error) });
    }
    if (!again || this.#ended) return;
    this.#cancel = this.#clock.setTimer(againMs, () => {
      this.#asking = this.#ask();
    });
  }

  #tellWithoutSecret(): void {
    const { inbox, log } = this.#registration;
    for (const url of inbox?.urlsWithoutSecret() ?? []) {
      log({ event: 'webhook_endpoint', outcome: 'no_secret', route: pathOf(url) });
    }
  }
}

function pathOf(url: string): string {
  return new URL(url).pathname;
}
