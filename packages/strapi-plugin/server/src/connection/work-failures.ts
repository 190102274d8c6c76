import { errorName, type HostLogger } from '@seek-pass-kit/flows/node';

/** Tells the log what keeps work from being done: once, and not at every tick of an outage. */
export interface WorkFailures {
  failed(error: unknown): void;
  /** Work was done without a failure: the next one is told again. */
  none(): void;
}

export function workFailures(log: HostLogger): WorkFailures {
  let told: string | undefined;
  return {
    failed(error) {
      const name = errorName(error);
      if (name !== told) log({ event: 'work_failed', error: name });
      told = name;
    },
    none() {
      told = undefined;
    },
  };
}
