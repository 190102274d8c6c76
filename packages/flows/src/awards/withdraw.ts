import type { FlowContext } from '../flow-context.ts';
import { decisionJobs } from './award-event.ts';
import { openSubmission, withLinkClosed } from './award-facts.ts';
import { decideAnew } from './decide-anew.ts';

/** Why an award is withdrawn. A fixed list: the history keeps it for ever, and free text would hold personal data. */
export type WithdrawalReason =
  | 'issued_in_error'
  | 'wrong_recipient'
  | 'wrong_content'
  | 'revoked'
  | 'asked_by_learner'
  | 'other';

/** What to withdraw, why, and who says so (the host's id of a member of staff). */
export interface Withdrawal {
  readonly awardId: string;
  readonly reason: WithdrawalReason;
  readonly who: string;
}

/**
 * What withdrawing reached, and what it cannot: a copy in the wallet stays there. `superseded`: nothing was changed, since a newer
 * version has taken its place, which can be claimed: look at that one (`newest`), and withdraw it if it is meant.
 */
export type WithdrawalResult =
  | {
      readonly outcome: 'withdrawn' | 'already_withdrawn';
      /** A submission is open at SEEK Pass: the learner can still finish it, and you will be told (`added_after_withdrawal`). */
      readonly openAtSeekPass: boolean;
      /** It is in the learner's wallet, and nothing of ours can take it out. */
      readonly inWallet: boolean;
    }
  | { readonly outcome: 'superseded'; readonly newest: string }
  | { readonly outcome: 'unknown_award' };

/**
 * Closes the claim link of an award for good: every link, code and session of it is dead. Polling goes on to the end of
 * an open submission (security rule 13). To give the credential after all, issue it again with `reissueWithdrawn`.
 */
export function withdraw(
  context: FlowContext,
  { awardId, reason, who }: Withdrawal,
): Promise<WithdrawalResult> {
  const { issuer, clock, store } = context;
  return decideAnew(store, async (tx): Promise<WithdrawalResult> => {
    const award = await tx.lockAward(issuer, awardId);
    if (award === undefined) return { outcome: 'unknown_award' };
    if (award.facts.linkClosure === 'superseded') {
      const newest = (await tx.awardVersions(issuer, award.keyHash)).at(-1);
      return { outcome: 'superseded', newest: newest?.id ?? awardId };
    }
    const facts = withLinkClosed(award.facts, 'withdrawn');
    const reached = {
      openAtSeekPass: openSubmission(facts) !== undefined,
      inWallet: facts.submissions.some(({ outcome }) => outcome === 'verified'),
    };
    if (facts === award.facts) return { outcome: 'already_withdrawn', ...reached };
    await tx.updateAward({ ...award, facts, generation: award.generation + 1 });
    await tx.deleteClaimCode(issuer, awardId);
    await tx.appendHistory([
      { issuer, awardId, at: clock.now(), who, what: 'withdrawn', why: reason, payloadHash: null },
    ]);
    const told = decisionJobs(context, 'withdrawn', [awardId]);
    if (told.length > 0) await tx.enqueue(told);
    return { outcome: 'withdrawn', ...reached };
  });
}
