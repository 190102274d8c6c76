import type { Clock } from '@seek-pass-kit/core';
import type { NoticeListener } from '../flow-notice.ts';
import type { Store } from '../store/ports.ts';
import type { JobRow } from '../store/rows.ts';
import { inTime } from './in-time.ts';
import { jobId } from './job-id.ts';
import { afterFailure, failureName } from './retry-plan.ts';
import type { JobControl, JobHandler, JobHandlers } from './runner.ts';

/**
 * Code of the host that is told of events. Throwing repeats the event later, with waits in between, and in the end it is set aside (notice
 * `job_dead`). It may hear the same event more than once (a worker died): its effect must not double.
 */
export type HostListener<Event> = (event: Event, control: JobControl) => Promise<void> | void;

/** A listener that hears events of some types only. */
export interface ListenerOfTypes<Event extends { readonly type: string }> {
  readonly types: ReadonlyArray<Event['type']>;
  readonly handle: HostListener<Event>;
}

/** Listeners by a name of yours. */
type NamedListeners<Event extends { readonly type: string }> = Readonly<
  Record<string, HostListener<Event> | ListenerOfTypes<Event>>
>;

/**
 * One listener, or several by names of yours (letters, digits, `-` and `_`, at most 63): each of these hears every event by itself, so that
 * one that throws makes no other hear it again. What each still has to hear is stored under its name. A new name hears what happens from now
 * on. What waits for a name that no process has is dropped after a week, with the notice `listener_gone`. The record is read whenever there
 * is work, so a host may fill it until then.
 */
export type HostListeners<Event extends { readonly type: string }> =
  | HostListener<Event>
  | NamedListeners<Event>;

/** Where events come from, and who listens. */
interface EventSource<Event extends { readonly type: string }> {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Told of each failure. It does not throw. */
  readonly onNotice?: NoticeListener;
  /** The kind of the jobs that hold the events. */
  readonly kind: string;
  /** `undefined`: nobody is to hear of it any more. */
  readonly eventOf: (job: JobRow) => Promise<Event | undefined> | Event | undefined;
  readonly listeners: HostListeners<Event> | undefined;
}

/** The kinds of the jobs of listeners start with this. */
export const listenerKindPrefix = (kind: string): string => `${kind}.`;

/**
 * The jobs that tell the host. An event is one job, stored with the change it tells of by processes that may not know who listens; where
 * that is known, it becomes one job for each listener.
 */
export function listenerJobs<Event extends { readonly type: string }>(
  source: EventSource<Event>,
): JobHandlers {
  const { kind, listeners } = source;
  if (listeners === undefined) return { [kind]: async () => undefined };
  if (typeof listeners === 'function') return { [kind]: tellsOf(source, listeners) };
  const names = Object.entries(listeners).map(([name, listener]) => {
    const handle = typeof listener === 'function' ? listener : listener.handle;
    return [`${listenerKindPrefix(kind)}${name}`, tellsOf(source, handle)] as const;
  });
  return { [kind]: handsOut(source, listeners), ...Object.fromEntries(names) };
}

function tellsOf<Event extends { readonly type: string }>(
  { clock, random, eventOf, onNotice }: EventSource<Event>,
  listener: HostListener<Event>,
): JobHandler {
  return async (job, control) => {
    const event = await eventOf(job);
    if (event === undefined) return undefined;
    try {
      await inTime(clock, control, (limited) => listener(event, limited));
      return undefined;
    } catch (error) {
      // It was told to stop, which is no failure of its own: the runner decides what comes next.
      if (control.signal.aborted) throw error;
      const settlement = afterFailure(error, job.attempt, clock.now(), random);
      if ('retryAt' in settlement) {
        onNotice?.({ event: 'listener_failed', jobId: job.id, kind: job.kind, reason: failureName(error) });
      }
      return settlement;
    }
  };
}

/** A crash in between hands out again: the jobs have the same ids then. */
function handsOut<Event extends { readonly type: string }>(
  { store, kind, eventOf }: EventSource<Event>,
  listeners: NamedListeners<Event>,
): JobHandler {
  return async (job) => {
    const event = await eventOf(job);
    if (event === undefined) return undefined;
    const { issuer, refs, runAt } = job;
    const jobs = Object.entries(listeners)
      .filter(([, listener]) => typeof listener === 'function' || listener.types.includes(event.type))
      .map(([name]) => {
        const own = `${listenerKindPrefix(kind)}${name}`;
        return { id: jobId(issuer, own, job.id), issuer, kind: own, refs, runAt };
      });
    if (jobs.length > 0) await store.transaction((tx) => tx.enqueue(jobs));
    return undefined;
  };
}
