import { failureName } from '../jobs/retry-plan.ts';
import type { PlainAnswer } from '../plain-request.ts';
import type { InboxDelivery, RefusalReason, UnavailableReason } from './inbox-delivery.ts';

/** The answers of a receiver: each says its status and nothing else, and is told. */
export function webhookAnswers(tell: (delivery: InboxDelivery) => void) {
  return {
    refused(status: number, reason: RefusalReason): PlainAnswer {
      tell({ outcome: 'refused', reason });
      return answer(status, reason === 'wrong_method' ? { allow: 'POST' } : {});
    },
    unavailable(reason: UnavailableReason): PlainAnswer {
      tell({ outcome: 'unavailable', reason });
      return answer(503);
    },
    quarantined: (): PlainAnswer => answer(503),
    taken(outcome: 'stored' | 'duplicate', formerSecret: boolean): PlainAnswer {
      tell({ outcome, formerSecret });
      return answer(204);
    },
  };
}

function answer(status: number, headers: Record<string, string> = {}): PlainAnswer {
  return { status, headers: { 'cache-control': 'no-store', ...headers } };
}

/** SEEK Pass does not say how long it waits for an answer; what is stored after this time is a duplicate when it comes again. */
export const storePatienceMs = 5_000;

/** Names on stderr what kept an event from being stored. No message: what a database says may say too much. */
export function nameOnStderr(error: unknown): void {
  process.stderr.write(`seek-pass-kit: a webhook event was not stored: ${failureName(error)}\n`);
}
