import { type Clock, type Environment, type SeekPass, systemClock } from '@seek-pass-kit/core';
import {
  createMemoryEventLedger,
  type EventLedger,
  processOnce,
  requireWebhookSecrets,
} from '@seek-pass-kit/core/webhooks';
import { readIssuer } from '../add-flow-options.ts';
import { within } from '../within.ts';
import { harmless } from '../flow-notice.ts';
import { handlerOfPlain } from '../plain-request.ts';
import type { InboxDelivery } from './inbox-delivery.ts';
import type { InboxEvent } from './inbox-handler.ts';
import { eventOf } from './handle-event.ts';
import { heldSecrets, judgeDelivery } from './judge-delivery.ts';
import { deliveryReader } from './read-delivery.ts';
import type { WebhookReceiver } from './receiver.ts';
import { readReceiverUrls } from './receiver-urls.ts';
import { nameOnStderr, storePatienceMs, webhookAnswers } from './webhook-answer.ts';

/** Settings of {@link createWebhookRelay}. */
export interface WebhookRelayOptions {
  /** Whose events these are. Default `default`. */
  readonly issuer?: string;
  /** As in the settings of `seekPass`. */
  readonly environment: Environment;
  readonly seekPass: Pick<SeekPass, 'now'>;
  /** Where SEEK Pass sends to, and what the receiver answers; as in the inbox. */
  readonly receiverUrl: string | readonly string[];
  /** Of the endpoints, newest first: the former ones for as long as SEEK Pass may sign with them. */
  readonly secrets: string | readonly string[];
  /**
   * Stores an event where it is not lost, and is done when it is stored: SEEK Pass is answered 204 then, and does not send it again. When it
   * throws, or takes longer than 5 seconds, the answer is 503. It may be called twice with one event, so it should know the `eventId`.
   */
  readonly onEvent: (event: InboxEvent) => Promise<unknown>;
  /**
   * Remembers which events were stored: what comes again is answered 204 without `onEvent`. Default: in the memory of this process, for a
   * day. With several processes give one over a database, or let `onEvent` know what it has.
   */
  readonly ledger?: EventLedger;
  /** Told what became of each delivery, for metrics: nothing in it is personal. It must not throw. */
  readonly onDelivery?: (delivery: InboxDelivery) => void;
  /** Told what `onEvent` or the ledger threw. Default: its name goes to stderr. */
  readonly onError?: (error: unknown) => void;
  readonly clock?: Clock;
}

/**
 * Makes a receiver for a host with a queue of its own: it verifies as the inbox does, hands each event to `onEvent` and waits for it. There is
 * no store, no handler that is tried again, and no rotation: a secret that is replaced at SEEK Pass is replaced in `secrets` by you, and what
 * fits neither meanwhile is refused. The verify flow polls open verifications all the same.
 *
 * ```ts
 * const receive = createWebhookRelay({ environment, seekPass, receiverUrl, secrets, onEvent: (event) => queue.add(event.eventId, event) });
 * ```
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the setting.
 */
export function createWebhookRelay(options: WebhookRelayOptions): WebhookReceiver {
  const { environment, seekPass, onEvent, onError = nameOnStderr, clock = systemClock } = options;
  const { ledger = createMemoryEventLedger({ now: () => clock.now() }) } = options;
  const issuer = readIssuer(options.issuer ?? 'default');
  const receiverUrls = readReceiverUrls(options.receiverUrl, environment);
  const secrets = heldSecrets(requireWebhookSecrets(options.secrets));
  const read = deliveryReader({ receiverUrls, now: () => seekPass.now() });
  const answers = webhookAnswers(harmless(options.onDelivery ?? (() => undefined)));
  const failed = harmless(onError);

  return handlerOfPlain(async (request) => {
    const found = await read(request);
    if ('reason' in found) return answers.refused(found.status, found.reason);
    const judgement = judgeDelivery(issuer, secrets, found.delivery);
    if (judgement.is === 'refused') return answers.refused(400, judgement.reason);
    if (judgement.is === 'unknown_signature') return answers.refused(400, 'bad_signature');
    const { event, formerSecret } = judgement;
    const work = async () => void (await onEvent(eventOf(event)));
    const handedOn = processOnce(ledger, { event_id: event.eventId }, work).catch((error: unknown) => {
      failed(error);
      return undefined;
    });
    switch (await within(clock, storePatienceMs, handedOn)) {
      case 'processed':
        return answers.taken('stored', formerSecret);
      case 'already_processed':
        return answers.taken('duplicate', formerSecret);
      case 'in_progress':
        return answers.unavailable('under_way');
      default:
        return answers.unavailable('store');
    }
  });
}
