import { addressChangedKind } from '../awards/address-changed-job.ts';
import { claimMailKind } from '../awards/claim-mail-job.ts';
import type { FlowContext } from '../flow-context.ts';
import type { JobHandlers } from '../jobs/runner.ts';
import { addressChangedMailHandler } from './address-changed-mail.ts';
import { claimMailHandler } from './claim-mail.ts';
import { reminderKind, unfinishedKind } from './reminder-jobs.ts';
import { reminderMailHandler, unfinishedMailHandler } from './reminder-mail.ts';

/** All jobs that end in a mail. */
export function mailHandlers(context: FlowContext): JobHandlers {
  return {
    [claimMailKind]: claimMailHandler(context),
    [addressChangedKind]: addressChangedMailHandler(context),
    [reminderKind]: reminderMailHandler(context),
    [unfinishedKind]: unfinishedMailHandler(context),
  };
}
