import { decideAnew } from '../awards/decide-anew.ts';
import type { InboxTaskRow } from '../store/inbox.ts';
import type { StoreTransaction } from '../store/ports.ts';
import { beginAnew } from './event-tasks.ts';
import type { InboxContext } from './inbox-options.ts';

/** What to do once more. */
export interface ReplayRequest {
  readonly eventId: string;
  /** Only at this handler, also when it is done. Absent: at every handler that is not done. */
  readonly handler?: string;
  /** The host's id of a member of staff. */
  readonly who: string;
}

/** `nothing_to_do`: it waits for its handlers already, or they are done. */
export interface ReplayResult {
  readonly outcome: 'replayed' | 'nothing_to_do' | 'unknown_event' | 'unknown_handler';
  /** The handlers that get it once more. */
  readonly handlers: readonly string[];
}

/** Hands a stored event to its handlers once more. Doing it twice does no more than once. */
export async function replayEvent(
  { issuer, store, clock }: InboxContext,
  { eventId, handler, who }: ReplayRequest,
): Promise<ReplayResult> {
  return decideAnew(store, async (tx) => {
    const tasks = await tx.inboxTasks(issuer, eventId);
    if (tasks.length === 0) return { outcome: 'unknown_event', handlers: [] };
    const named = tasks.filter((task) => handler === undefined || task.handler === handler);
    if (named.length === 0) return { outcome: 'unknown_handler', handlers: [] };
    const chosen = named.filter((task) => (handler !== undefined && task.state === 'done') || isStuck(task));
    if (chosen.length === 0) return { outcome: 'nothing_to_do', handlers: [] };
    const at = clock.now();
    await beginAnew(tx, chosen, at);
    const handlers = chosen.map((task) => task.handler);
    const why = handlers.join(',');
    await tx.appendAudit([{ issuer, at, who, what: 'event_replayed', about: `event:${eventId}`, why }]);
    return { outcome: 'replayed', handlers };
  });
}

/** A task that waits after a failure may wait for hours: whoever mended the cause need not. */
function isStuck({ state, attempts }: InboxTaskRow): boolean {
  return state === 'dead' || state === 'parked' || (state === 'waiting' && attempts > 0);
}

/** More events than a verification ever has. */
const mostParked = 100;

/** Hands the events that are parked for a verification to their handlers again. */
export async function unparkEvents(
  tx: StoreTransaction,
  issuer: string,
  requestId: string,
  now: number,
): Promise<void> {
  const tasks = await tx.parkedTasks(issuer, requestId, mostParked);
  if (tasks.length > 0) await beginAnew(tx, tasks, now);
}
