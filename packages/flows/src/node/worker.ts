import { type Clock, systemClock } from '@seek-pass-kit/core';
import { errorName, type HostLogger } from './host-log.ts';
import type { HostRecord } from './host-record.ts';
import { within } from '../within.ts';
import { startWorkLoop, type WorkPart } from './work-loop.ts';

/** What {@link startWorker} needs. */
export interface WorkerOptions {
  /** Who has work: `[addFlow, verifyFlow, inbox]`. */
  readonly parts: readonly WorkPart[];
  /** Counts what is done, for metrics. */
  readonly record?: Pick<HostRecord, 'worked'>;
  /** Told `work_failed` when a part begins to fail, or fails with something else. */
  readonly logger?: HostLogger;
  readonly clock?: Clock;
  /** A number from 0 up to, not including, 1. Default `Math.random`. */
  readonly random?: () => number;
}

/** Work that is being done. */
export interface FlowWorker {
  /** Whether the last run of some part failed; `undefined` before the first one ended. `late` is judged by the queue, not here. */
  failing(): boolean | undefined;
  /**
   * Ends it. Within two seconds no job is begun any more; those that run have `graceMs` to end (default 20,000), then they are told to break
   * off. A job that was broken off is done by the next worker, from where it stood.
   *
   * @returns whether everything ended within the grace time. It is waited for two seconds longer at most.
   */
  close(options?: { readonly graceMs?: number }): Promise<boolean>;
}

/** For a run that was told to break off. */
const lastPatienceMs = 2_000;

/**
 * Does what is due, again and again: at once while there is work, ever more seldom while there is none, every five seconds at least. Each part
 * goes by itself: what fails in one, or takes long, holds up no other; and within a part, what takes long holds up the rest for five seconds.
 * Any number of processes may do this beside each other.
 *
 * ```ts
 * const worker = startWorker({ parts: [addFlow, inbox], record, logger });
 * process.once('SIGTERM', () => void worker.close());
 * ```
 */
export function startWorker({
  parts,
  record,
  logger,
  clock = systemClock,
  random = Math.random,
}: WorkerOptions): FlowWorker {
  const tell: HostLogger = (entry) => {
    try {
      logger?.(entry);
    } catch {
      // It must not throw; that it does must not end the work.
    }
  };
  const loops = parts.map((part) => {
    let told: string | undefined;
    return startWorkLoop(part, {
      clock,
      random,
      onReport(report) {
        told = undefined;
        record?.worked(report);
      },
      onFailure(error) {
        const name = errorName(error);
        // Not every few seconds of an outage.
        if (name !== told) tell({ event: 'work_failed', error: name });
        told = name;
      },
    });
  });

  const close = async (graceMs: number): Promise<boolean> => {
    const ended = Promise.all(loops.map((loop) => loop.stop())).then(() => true);
    if ((await within(clock, graceMs, ended)) === true) return true;
    for (const loop of loops) loop.abort();
    await within(clock, lastPatienceMs, ended);
    return false;
  };
  let closing: Promise<boolean> | undefined;
  return {
    failing() {
      const states = new Set(loops.map((loop) => loop.failing()));
      return states.has(true) || (states.has(false) ? false : undefined);
    },
    close: ({ graceMs = 20_000 } = {}) => (closing ??= close(graceMs)),
  };
}
