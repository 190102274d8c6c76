import type { FlowContext } from '../flow-context.ts';
import { type ClaimOutcome, type ClaimRequest, submitClaim } from './submit-claim.ts';

/** Waits before the second and the third try, in milliseconds; core has tried several times within each. */
const waitsMs = [400, 1_200];
/** For how long a browser is kept waiting before its learner has to try again. */
const longestWaitMs = 4_000;

/**
 * Tries again for a few seconds when SEEK Pass does not answer. Whatever comes of it, the place is kept: every try is the same
 * submission.
 */
export async function submitPatiently(context: FlowContext, claim: ClaimRequest): Promise<ClaimOutcome> {
  const until = context.clock.now() + longestWaitMs;
  for (const waitMs of waitsMs) {
    const outcome = await submitClaim(context, claim);
    if (outcome.outcome !== 'unavailable') return outcome;
    const { retryAfterMs = 0 } = outcome;
    const wait = Math.max(waitMs, retryAfterMs);
    if (context.clock.now() + wait > until) return outcome;
    await new Promise<void>((resolve) => {
      context.clock.setTimer(wait, resolve);
    });
  }
  return submitClaim(context, claim);
}
