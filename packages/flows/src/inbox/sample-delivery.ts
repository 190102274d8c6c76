import { randomUUID } from 'node:crypto';
import { ConfigurationError } from '@seek-pass-kit/core';
import { sign } from '@seek-pass-kit/core/webhooks';
import type { InboxContext } from './inbox-options.ts';
import { acceptedSecrets } from './judge-delivery.ts';
import { receiverUrlOf } from './receiver-urls.ts';
import type { SecretBook } from './secret-book.ts';

/** An event that somebody makes up. */
export interface SampleEvent {
  /** Any text: `vwsp_request.verified`, or a type that does not exist. */
  readonly type: string;
  readonly requestId: string;
  /** Default: a new one. */
  readonly eventId?: string;
  /** Which `receiverUrl`, when there are several. Default: the first one. */
  readonly url?: string;
}

/** What to post to where, within 15 minutes. */
export interface SampleDelivery {
  readonly eventId: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Makes up an event and signs it as SEEK Pass would. Against the sandbox only.
 *
 * @throws {ConfigurationError} `invalid_configuration` elsewhere, and when no secret is known.
 */
export function sampleDelivery(
  { environment, receiverUrls, hostSecrets, seekPass, clock }: InboxContext,
  book: SecretBook,
  { type, requestId, eventId = randomUUID(), url: wanted }: SampleEvent,
): SampleDelivery {
  if (environment !== 'sandbox') {
    throw new ConfigurationError(
      'Events are made up against the sandbox only: elsewhere SEEK Pass sends them.',
    );
  }
  const url = receiverUrlOf(receiverUrls, wanted);
  const now = seekPass.now();
  const [newest] = acceptedSecrets(book.view.at.get(url.pathname) ?? [], hostSecrets, clock.now());
  if (newest === undefined) {
    throw new ConfigurationError('No secret is known for the webhook of this inbox: create it first.');
  }
  const body = JSON.stringify({
    event_id: eventId,
    request_id: requestId,
    type,
    created_at: new Date(now).toISOString(),
  });
  const signed = sign({ body, secret: newest.secret, timestamp: Math.floor(now / 1_000) });
  const headers = { 'content-type': 'application/json', ...signed };
  return { eventId, url: url.href, headers, body };
}
