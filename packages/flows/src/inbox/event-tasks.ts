import { jobId } from '../jobs/job-id.ts';
import type { InboxTaskRow } from '../store/inbox.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { JobRow } from '../store/rows.ts';

/** The kinds of the jobs of handlers start with this. */
export const taskKindPrefix = 'inbox_event.';

/** The kind of the jobs of one handler: a process that lacks it leaves them to those that have it. */
export function taskKind(handler: string): string {
  return `${taskKindPrefix}${handler}`;
}

/** The job that a task is done by. Each round has one of its own. */
export function taskJob({ issuer, eventId, handler, round }: InboxTaskRow, runAt: number): JobRow {
  const kind = taskKind(handler);
  return {
    id: jobId(issuer, kind, eventId, String(round)),
    issuer,
    kind,
    refs: { eventId, handler, round: String(round) },
    runAt,
  };
}

/** Begins tasks anew, each in a round of its own: what is left of the round before does nothing. */
export async function beginAnew(
  tx: StoreTransaction,
  tasks: readonly InboxTaskRow[],
  now: number,
): Promise<void> {
  const begun = tasks.map((task) => ({
    from: task,
    task: {
      ...task,
      state: 'waiting' as const,
      round: task.round + 1,
      attempts: 0,
      reason: null,
      at: now,
    },
  }));
  for (const { task, from } of begun) await tx.updateInboxTask(task, from);
  await tx.enqueue(begun.map(({ task }) => taskJob(task, now)));
}
