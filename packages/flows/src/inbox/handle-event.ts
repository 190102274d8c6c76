import { decideAnew } from '../awards/decide-anew.ts';
import { decideTogether } from '../awards/decide-together.ts';
import { inTime } from '../jobs/in-time.ts';
import { afterFailure, failureName } from '../jobs/retry-plan.ts';
import type { JobControl, JobHandler, JobHandlers } from '../jobs/runner.ts';
import type { InboxEventRow, InboxTaskRow } from '../store/inbox.ts';
import type { Settlement } from '../store/jobs.ts';
import { taskKind } from './event-tasks.ts';
import type { InboxEvent, InboxHandler } from './inbox-handler.ts';
import type { InboxContext } from './inbox-options.ts';

/** The jobs of all handlers. */
export function eventJobs(context: InboxContext): JobHandlers {
  return Object.fromEntries(
    Object.entries(context.handlers).map(([name, handler]) => [
      taskKind(name),
      handlerJob(context, name, typeof handler === 'function' ? handler : handler.handle),
    ]),
  );
}

/** Ends a task that waits for a handler which is gone. It can be replayed when the handler is there again. */
export function unhandled({ issuer, store, clock }: InboxContext): JobHandler {
  return async (job) => {
    const eventId = String(job.refs['eventId']);
    await decideAnew(store, async (tx) => {
      const tasks = await tx.inboxTasks(issuer, eventId);
      const task = tasks.find(({ handler }) => handler === job.refs['handler']);
      if (task === undefined || String(task.round) !== job.refs['round'] || task.state === 'done') return;
      await tx.updateInboxTask({ ...task, state: 'done', reason: 'no_handler', at: clock.now() }, task);
    });
    return undefined;
  };
}

/** How a task stands after its handler was called, and what becomes of its job. */
interface Outcome {
  readonly task: InboxTaskRow;
  readonly settlement: Settlement;
}

/** Calls one handler for one event, and stores what came of it together with the end of the job. */
function handlerJob(context: InboxContext, name: string, handler: InboxHandler): JobHandler {
  const { issuer, store } = context;
  return async (job, control) => {
    const eventId = String(job.refs['eventId']);
    const [event, tasks] = await Promise.all([
      store.read.inboxEvent(issuer, eventId),
      store.read.inboxTasks(issuer, eventId),
    ]);
    const task = tasks.find((one) => one.handler === name);
    // Gone, done, or begun anew in another round.
    if (event === undefined || task === undefined || String(task.round) !== job.refs['round'])
      return undefined;
    if (task.state === 'done') return undefined;
    const { task: next, settlement } = await outcomeOf(context, handler, { event, task, control });
    await decideTogether(store, `${eventId} ${name}`, async (tx) => {
      if (!(await tx.settle(job, settlement)))
        throw new LeaseLost('Another worker has taken this event over.');
      await tx.updateInboxTask(next, task);
    });
    if (next.state === 'dead') {
      context.onNotice({ event: 'job_dead', jobId: eventId, kind: job.kind, reason: next.reason ?? '' });
    }
    if (next.state === 'waiting') {
      const { kind } = job;
      context.onNotice({ event: 'listener_failed', jobId: eventId, kind, reason: next.reason ?? '' });
    }
    return 'settled';
  };
}

interface Call {
  readonly event: InboxEventRow;
  readonly task: InboxTaskRow;
  readonly control: JobControl;
}

async function outcomeOf(
  context: InboxContext,
  handler: InboxHandler,
  { event, task, control }: Call,
): Promise<Outcome> {
  const { clock, random, parkForMs, seekPass } = context;
  const attempts = task.attempts + 1;
  const ended = (change: Pick<InboxTaskRow, 'state' | 'reason'>): InboxTaskRow => ({
    ...task,
    ...change,
    attempts,
    at: clock.now(),
  });
  try {
    const answer = await inTime(clock, control, (limited) => handler(eventOf(event), limited));
    if (answer !== 'parked')
      return { task: ended({ state: 'done', reason: null }), settlement: { done: true } };
    // The receipt was timed by the clock of SEEK Pass.
    const leftMs = task.receivedAt + parkForMs - seekPass.now();
    return {
      task: ended({ state: 'parked', reason: null }),
      settlement:
        leftMs <= 0 ? { done: true } : { retryAt: clock.now() + Math.min(parkWaitMs(attempts), leftMs) },
    };
  } catch (error) {
    // It was told to stop, which is no failure of its own: the runner decides what comes next.
    if (control.signal.aborted) throw error;
    const settlement = afterFailure(error, attempts, clock.now(), random);
    const reason = failureName(error);
    // A dead task is kept with its event, where it is listed and replayed; its job is over.
    if ('dead' in settlement) return { task: ended({ state: 'dead', reason }), settlement: { done: true } };
    return { task: ended({ state: 'waiting', reason }), settlement };
  }
}

/** Doubles, from five seconds to ten minutes: the answer that a verification is known by may be a moment behind its event. */
function parkWaitMs(attempts: number): number {
  return Math.min(600_000, 5_000 * 2 ** (attempts - 1));
}

/** What was done counts no more: whoever has the job now decides. */
class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** As handlers see it. */
export function eventOf(row: InboxEventRow): InboxEvent {
  const { issuer, eventId, type, kind, requestId, createdAt, receivedAt } = row;
  const event = { issuer, eventId, type, kind, createdAt, receivedAt };
  return requestId === null ? event : { ...event, requestId };
}
