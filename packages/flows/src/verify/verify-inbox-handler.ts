import type { InboxHandler } from '../inbox/inbox-handler.ts';
import { learnResult } from './learn-result.ts';
import type { VerifyContext } from './verify-context.ts';

/**
 * What the verify flow does with a webhook event: nothing in the event counts but which request it names (security rule 15). A request of
 * this issuer is asked about once; one that is not known here is parked, and SEEK Pass is not asked.
 */
export function verifyInboxHandler(context: VerifyContext): InboxHandler {
  return async ({ issuer, requestId }, { signal }) => {
    if (requestId === undefined) return 'done';
    if (issuer !== context.issuer) return 'parked';
    const row = await context.store.read.verificationByRequest(issuer, requestId);
    if (row === undefined) return 'parked';
    await learnResult(context, row.id, { sign: true, lane: 'polling', signal });
    return 'done';
  };
}
