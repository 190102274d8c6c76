import { ConfigurationError } from '@seek-pass-kit/core';
import type { RelaySettings } from '../seek-pass-module-options.ts';
import type { Opening } from './opening.ts';
import type { ServedRoute } from './registration.ts';
import { routesAt } from './route-at.ts';

/** Plain JavaScript may say anything. */
const risk: string = 'events_that_onEvent_does_not_store_are_lost' satisfies RelaySettings['withoutInbox'];

/**
 * The settings of a receiver without an inbox.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the setting.
 */
export function relayOptions({
  withoutInbox,
  ...settings
}: RelaySettings): Omit<RelaySettings, 'withoutInbox'> {
  if (withoutInbox !== risk) {
    throw new ConfigurationError(
      `webhooks.withoutInbox is not '${risk}': write that to receive events without an inbox, or leave it out.`,
    );
  }
  if (typeof settings.onEvent !== 'function') {
    throw new ConfigurationError(
      'webhooks.onEvent is missing: without an inbox every event would be lost. Set it to what stores an event.',
    );
  }
  return settings;
}

/** Opens the receiver of a registration without an inbox. */
export async function openRelay(
  webhooks: RelaySettings,
  {
    shared,
    log,
    record,
  }: Pick<Opening, 'log' | 'record'> & { readonly shared: Omit<Opening['shared'], 'store' | 'keys'> },
): Promise<readonly ServedRoute[]> {
  const settings = relayOptions(webhooks);
  const { createWebhookRelay } = await import('@seek-pass-kit/flows');
  const { errorName } = await import('@seek-pass-kit/flows/node');
  const receive = createWebhookRelay({
    ...settings,
    ...shared,
    onDelivery(delivery) {
      record.onDelivery(delivery);
      log({ event: 'webhook', ...delivery });
      settings.onDelivery?.(delivery);
    },
    onError: (error) => log({ event: 'request_failed', error: errorName(error) }),
  });
  return routesAt(settings.receiverUrl, receive);
}
