import { addressChangedKind } from '../awards/address-changed-job.ts';
import { claimMailKind } from '../awards/claim-mail-job.ts';
import type { FlowContext } from '../flow-context.ts';
import { afterFailure } from '../jobs/retry-plan.ts';
import type { JobHandler, JobHandlers } from '../jobs/runner.ts';
import { addressChangedMailHandler } from './address-changed-mail.ts';
import { claimMailHandler } from './claim-mail.ts';
import { reminderKind, unfinishedKind } from './reminder-jobs.ts';
import { reminderMailHandler, unfinishedMailHandler } from './reminder-mail.ts';

/** All jobs that end in a mail. */
export function mailHandlers(context: FlowContext): JobHandlers {
  return {
    [claimMailKind]: patient(context, claimMailHandler(context)),
    [addressChangedKind]: patient(context, addressChangedMailHandler(context)),
    [reminderKind]: patient(context, reminderMailHandler(context)),
    [unfinishedKind]: patient(context, unfinishedMailHandler(context)),
  };
}

const patienceMs = 30 * 24 * 3_600_000;

/** Its longest wait, whatever the number of tries: a mail that waited for limits has many behind it, and none was a failure. */
const mostCounted = 12;

/**
 * A mail that cannot be written or recorded waits: a store that is down or a key that is missing is mended by a person, and
 * then everybody must still get their mail. After 30 days it is set aside.
 */
function patient({ clock, random }: FlowContext, handler: JobHandler): JobHandler {
  return async (job, control) => {
    try {
      return await handler(job, control);
    } catch (error) {
      const now = clock.now();
      if (control.signal.aborted || now - job.runAt > patienceMs) throw error;
      return afterFailure(new Error('mail'), Math.min(job.attempt, mostCounted), now, random);
    }
  };
}
