import type { FlowContext } from '../flow-context.ts';
import { jobId } from '../jobs/job-id.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { MailRow, SubmissionRow } from '../store/rows.ts';
import { reminderTimes, unfinishedTime } from './reminder-plan.ts';

/** The kind of job that reminds of what a claim mail named. Refs: `mailId` (of that mail), `recipientId`, `step` (from 1). */
export const reminderKind = 'reminder_mail';

/** The kind of job that asks to finish a submission. Refs: `awardId`, `recipientId`, `attempt`. */
export const unfinishedKind = 'unfinished_mail';

type ReminderContext = Pick<FlowContext, 'issuer' | 'clock' | 'reminders'>;

/** Stored with the acceptance of the claim mail, all at once; each looks again when it is due. */
export async function scheduleReminders(
  { issuer, clock, reminders }: ReminderContext,
  tx: StoreTransaction,
  { id: mailId, recipientId, sentAt }: MailRow,
): Promise<void> {
  if (reminders === undefined) return;
  await tx.enqueue(
    reminderTimes(reminders, sentAt ?? clock.now()).map((runAt, at) => ({
      id: jobId(issuer, reminderKind, mailId, String(at + 1)),
      issuer,
      kind: reminderKind,
      refs: { mailId, recipientId, step: String(at + 1) },
      runAt,
    })),
  );
}

/** Stored with the submission. */
export async function scheduleUnfinishedMail(
  { issuer, clock, reminders }: ReminderContext,
  tx: StoreTransaction,
  recipientId: string,
  { awardId, attempt }: Pick<SubmissionRow, 'awardId' | 'attempt'>,
): Promise<void> {
  const runAt = reminders === undefined ? undefined : unfinishedTime(reminders, clock.now());
  if (runAt === undefined) return;
  await tx.enqueue([
    {
      id: jobId(issuer, unfinishedKind, awardId, String(attempt)),
      issuer,
      kind: unfinishedKind,
      refs: { awardId, recipientId, attempt: String(attempt) },
      runAt,
    },
  ]);
}
