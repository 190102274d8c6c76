import type { Server, ServerResponse } from 'node:http';
import type { Clock } from '@seek-pass-kit/core';

/** Those that take longer hold up nothing, such as a download. */
const mostMs = 100;

/** The requests that a site is answering. On one connection, work in the background lets them go first between its pieces. */
export class RequestsUnderWay {
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();
  #underWay = 0;

  constructor(server: Server, clock: Clock) {
    this.#clock = clock;
    server.on('request', this.#began);
  }

  /** Once nobody waits for an answer, and soon at the latest. */
  async letGoFirst(): Promise<void> {
    if (this.#underWay === 0) return;
    await new Promise<void>((resolve) => {
      const goOn = (): void => {
        cancel();
        this.#waiting.delete(goOn);
        resolve();
      };
      const cancel = this.#clock.setTimer(mostMs, goOn);
      this.#waiting.add(goOn);
    });
  }

  readonly #began = (_: unknown, response: ServerResponse): void => {
    this.#underWay += 1;
    response.once('close', () => {
      this.#underWay -= 1;
      if (this.#underWay === 0) for (const goOn of this.#waiting) goOn();
    });
  };
}
