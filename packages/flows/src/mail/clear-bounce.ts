import type { LinkRequest } from '../awards/claim-link.ts';
import { decideAnew } from '../awards/decide-anew.ts';
import type { FlowContext } from '../flow-context.ts';
import { mailHistory } from './mail-history.ts';

/** `not_muted`: nothing to clear. */
export type ClearOutcome = 'cleared' | 'not_muted' | 'unknown_award';

/**
 * Lets mails go to the address of an award's recipient again, after a person found out that it works. Nothing is sent by
 * itself: ask for the mail again. Reminders that the learner stopped stay stopped.
 */
export function clearBounce(context: FlowContext, { awardId, who }: LinkRequest): Promise<ClearOutcome> {
  const { issuer, store } = context;
  return decideAnew(store, async (tx): Promise<ClearOutcome> => {
    const award = await tx.award(issuer, awardId);
    const recipient = award === undefined ? undefined : await tx.recipient(issuer, award.recipientId);
    if (recipient === undefined) return 'unknown_award';
    const mutes = await tx.mutesOf(issuer, recipient.emailHash);
    if (!mutes.some((mute) => mute.mutes === 'all')) return 'not_muted';
    await tx.deleteMute(issuer, recipient.emailHash, 'all');
    await tx.appendHistory(
      mailHistory(context, { awardIds: [awardId] }, 'mail_bounce_cleared', 'by a person', who),
    );
    return 'cleared';
  });
}
