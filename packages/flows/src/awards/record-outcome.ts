import type { FlowContext } from '../flow-context.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { AwardRow, SubmissionRow } from '../store/rows.ts';
import { type AwardEvent, awardEventJob, eventTypeOf } from './award-event.ts';
import { withSubmission } from './award-facts.ts';
import { strongerOutcome, type SubmissionOutcome } from './submission-outcome.ts';

/** What was learned about a submission, and when it is to be asked about again while it is open. */
export interface Sighted {
  readonly outcome: SubmissionOutcome;
  readonly lastAskedAt: number | null;
  readonly nextPollAt: number | null;
}

/**
 * Records what became of a submission, under the lock of its award. Something new changes the award, appends one history
 * entry and tells the host; a repeated or weaker word changes nothing. Gives back the award as it is now.
 */
export async function recordOutcome(
  context: FlowContext,
  tx: StoreTransaction,
  award: AwardRow,
  submission: SubmissionRow,
  { outcome, lastAskedAt, nextPollAt }: Sighted,
): Promise<{ award: AwardRow; event?: AwardEvent }> {
  const strongest = strongerOutcome(submission.outcome, outcome);
  await tx.updateSubmission({
    ...submission,
    outcome: strongest,
    lastAskedAt,
    nextPollAt: strongest === 'open' ? nextPollAt : null,
  });
  const facts = withSubmission(award.facts, { attempt: submission.attempt, outcome: strongest });
  if (facts === award.facts || strongest === 'open') return { award };
  const event: AwardEvent = {
    type: eventTypeOf(strongest, facts.linkClosure),
    issuer: context.issuer,
    awardId: award.id,
    attempt: submission.attempt,
    at: context.clock.now(),
  };
  await tx.updateAward({ ...award, facts });
  await tx.appendHistory([
    {
      issuer: context.issuer,
      awardId: award.id,
      at: event.at,
      who: 'system',
      what: event.type,
      why: `attempt ${submission.attempt}`,
      payloadHash: submission.payloadHash,
    },
  ]);
  await tx.enqueue([awardEventJob(event)]);
  return { award: { ...award, facts, revision: award.revision + 1 }, event };
}
