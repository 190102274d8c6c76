import type { Clock } from '@seek-pass-kit/core';
import type { RunReport } from '../jobs/runner.ts';
import type { PollReport } from '../polling/poll-submissions.ts';
import { within } from '../within.ts';

/** What has work that comes due: an `AddFlow`, a `VerifyFlow`, an `Inbox`. */
export interface WorkPart {
  /** Does what is due, and begins nothing after `budgetMs`. Breaks off when `signal` fires. */
  runDue(budget: { readonly budgetMs: number; readonly signal: AbortSignal }): Promise<WorkReport>;
}

/** What a run did: what became of its jobs and, of a flow, what it asked of SEEK Pass. */
export type WorkReport =
  | RunReport
  | {
      readonly jobs: RunReport;
      readonly polling: Pick<PollReport, 'asked' | 'ended'> & Partial<PollReport>;
    };

/** The work of one part as it goes on. */
export interface WorkLoop {
  /** Whether the last run failed; `undefined` before the first one ended. */
  readonly failing: () => boolean | undefined;
  /** Begins no further run. The promise ends with the runs that are on. */
  readonly stop: () => Promise<void>;
  /** Tells the runs that are on to break off; what they had begun is taken up again later, by whoever runs next. */
  readonly abort: () => void;
}

interface WorkLoopOptions {
  readonly clock: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  readonly onReport: (report: WorkReport) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Short, so that a loop that is told to stop begins no new job after this time. */
const budgetMs = 2_000;
/** A run that takes longer waits for something slow, such as code of the host. Other work need not wait for it as well. */
const longRunMs = 5_000;
const mostRuns = 4;
const firstWaitMs = 250;
const longestWaitMs = 5_000;

/**
 * Runs a part again and again: at once while there is work, ever more seldom while there is none. One run comes after another, unless one
 * takes long: then the next begins beside it.
 */
export function startWorkLoop(
  part: WorkPart,
  { clock, random, onReport, onFailure }: WorkLoopOptions,
): WorkLoop {
  let failing: boolean | undefined;
  const running = new Set<Promise<boolean>>();
  /** No further run. */
  const stopping = new AbortController();
  /** Nor those that are on. */
  const end = new AbortController();
  let wake: (() => void) | undefined;

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.setTimer(ms, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });

  /** Whether there may be more to do at once. */
  const runOnce = async (): Promise<boolean> => {
    try {
      const report = await part.runDue({ budgetMs, signal: end.signal });
      failing = false;
      onReport(report);
      return didSomething(report);
    } catch (error) {
      if (end.signal.aborted) return false;
      failing = true;
      onFailure(error);
      return false;
    }
  };

  /** Begins a run and waits for it, but not for long. Whether there may be more to do at once. */
  const run = async (): Promise<boolean> => {
    const begun = runOnce().finally(() => running.delete(begun));
    running.add(begun);
    return (await within(clock, longRunMs, begun)) ?? true;
  };

  const loop = async (): Promise<void> => {
    let waitMs = firstWaitMs;
    while (!stopping.signal.aborted) {
      if (running.size === mostRuns) {
        await Promise.race(running);
        continue;
      }
      if (await run()) {
        waitMs = firstWaitMs;
        continue;
      }
      if (stopping.signal.aborted) return;
      // Half of it by chance, so that processes that started together do not ask together.
      await wait(waitMs / 2 + (random() * waitMs) / 2);
      waitMs = Math.min(longestWaitMs, waitMs * 2);
    }
  };

  const all = async (): Promise<void> => {
    await loop();
    await Promise.all(running);
  };
  const ended = all();
  return {
    failing: () => failing,
    stop() {
      stopping.abort();
      wake?.();
      return ended;
    },
    abort: () => end.abort(),
  };
}

/** A poll that SEEK Pass does not answer is no progress: going on at once would only knock again. */
function didSomething(report: WorkReport): boolean {
  if (!('polling' in report)) return settled(report) > 0;
  const { jobs, polling } = report;
  return polling.ended === 'failed' ? jobs.done > 0 : settled(jobs) + polling.asked > 0;
}

function settled({ done, retried, dead, lost }: RunReport): number {
  return done + retried + dead + lost;
}
