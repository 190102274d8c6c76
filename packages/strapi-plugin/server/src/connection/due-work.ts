import type { Clock } from '@seek-pass-kit/core';
import type { DueReport } from '@seek-pass-kit/flows';
import type { HostLogger } from '@seek-pass-kit/flows/node';
import { workFailures } from './work-failures.ts';

/** Does what is due, in one process one run after the other. Several processes may do this beside each other: jobs are leased. */
export interface DueWork {
  /** Runs until nothing is due. While a run is on, it is asked to look once more at its end. Never rejects. */
  run(): Promise<void>;
  /** Begins no more, and waits for what is on; after `graceMs` that is told to break off. It is taken up again by whoever runs next. */
  drain(graceMs: number): Promise<void>;
}

interface DueWorkOptions {
  readonly runDue: (budget: {
    readonly budgetMs: number;
    readonly signal: AbortSignal;
  }) => Promise<DueReport>;
  readonly log: HostLogger;
  readonly clock: Clock;
}

/** Short, so that a drain waits for no more than this before the last job has begun. */
const budgetMs = 2_000;

/** For a run that was told to break off. */
const lastPatienceMs = 2_000;

export function createDueWork({ runDue, log, clock }: DueWorkOptions): DueWork {
  const ending = new AbortController();
  const draining = new AbortController();
  let running: Promise<void> | undefined;
  let again = false;
  const failures = workFailures(log);

  const once = async (): Promise<boolean> => {
    try {
      const report = await runDue({ budgetMs, signal: ending.signal });
      failures.none();
      return didSomething(report);
    } catch (error) {
      if (!ending.signal.aborted) failures.failed(error);
      return false;
    }
  };

  const all = async (): Promise<void> => {
    do {
      again = false;
      again = (await once()) || again;
    } while (again && !draining.signal.aborted);
  };

  return {
    run() {
      if (draining.signal.aborted) return running ?? Promise.resolve();
      again = true;
      running ??= all().finally(() => {
        running = undefined;
      });
      return running;
    },
    async drain(graceMs) {
      draining.abort();
      if (running === undefined) return;
      const cancel = clock.setTimer(graceMs, () => ending.abort());
      const patience = new Promise<void>((resolve) => {
        clock.setTimer(graceMs + lastPatienceMs, resolve);
      });
      await Promise.race([running, patience]);
      cancel();
    },
  };
}

/** A poll that SEEK Pass does not answer is no progress: going on at once would only knock again. */
function didSomething({ jobs, polling }: DueReport): boolean {
  const settled = jobs.done + jobs.retried + jobs.dead + jobs.lost;
  return settled > 0 || (polling.ended !== 'failed' && polling.asked > 0);
}
