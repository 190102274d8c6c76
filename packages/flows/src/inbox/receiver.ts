import { within } from '../within.ts';
import { type HandlerOfPlain, handlerOfPlain } from '../plain-request.ts';
import { StoreUnavailable } from '../store/ports.ts';
import type { InboxContext } from './inbox-options.ts';
import { acceptedSecrets, judgeDelivery } from './judge-delivery.ts';
import { createQuarantine } from './quarantine.ts';
import { deliveryReader } from './read-delivery.ts';
import type { SecretBook } from './secret-book.ts';
import type { StoreEvent } from './store-events.ts';
import { nameOnStderr, storePatienceMs, webhookAnswers } from './webhook-answer.ts';

/**
 * Answers what SEEK Pass sends: 204 once an event is stored, or was before; 4xx for what SEEK Pass cannot have sent, without asking the
 * database anything; 503 when it is to come again.
 */
export type WebhookReceiver = HandlerOfPlain;

/** Makes the receiver of an inbox. Any number of processes may run it over one store. */
export function createReceiver(
  context: InboxContext,
  book: SecretBook,
  storeEvent: StoreEvent,
): WebhookReceiver {
  const { issuer, receiverUrls, hostSecrets, seekPass, clock, tell } = context;
  const read = deliveryReader({ receiverUrls, now: () => seekPass.now() });
  const quarantine = createQuarantine(context);
  const answers = webhookAnswers(tell);

  return handlerOfPlain(async (request) => {
    const found = await read(request);
    if ('reason' in found) return answers.refused(found.status, found.reason);
    const { path, delivery } = found;
    const endpoints = book.view.at.get(path) ?? [];
    const secrets = acceptedSecrets(endpoints, hostSecrets, clock.now());
    if (secrets.length === 0) return answers.unavailable('no_secret');
    const judgement = judgeDelivery(issuer, secrets, delivery);
    if (judgement.is === 'refused') return answers.refused(400, judgement.reason);
    if (judgement.is === 'unknown_signature') {
      if (!book.isFresh()) return answers.unavailable('secrets_not_fresh');
      const rotated = endpoints.find(({ row }) => row.rotation !== null);
      if (rotated === undefined) return answers.refused(400, 'bad_signature');
      // Whether or not it could be kept, it is to come again, and the open verifications are polled.
      await quarantine(rotated, delivery).catch(() => undefined);
      return answers.quarantined();
    }
    const stored = await within(clock, storePatienceMs, storeEvent(judgement.event)).catch(nothingStored);
    return stored === undefined
      ? answers.unavailable('store')
      : answers.taken(stored, judgement.formerSecret);
  });
}

/** Whatever it is, SEEK Pass need not know, and a later delivery may fare better. */
function nothingStored(error: unknown): undefined {
  if (!(error instanceof StoreUnavailable)) nameOnStderr(error);
  return undefined;
}
