import type { Inbox, VerifyFlow } from '@seek-pass-kit/flows';
import type { InboxSettings } from '../seek-pass-module-options.ts';
import type { Opening } from './opening.ts';
import type { ServedRoute } from './registration.ts';
import { routesAt } from './route-at.ts';

/** Opens the webhook inbox of a registration, and its receiver. */
export async function openInbox(
  { registerEndpoint: _later, withoutInbox: _none, ...settings }: InboxSettings,
  verifyFlow: VerifyFlow | undefined,
  { shared, handlers, log, record, closes }: Opening,
): Promise<{ readonly inbox: Inbox; readonly routes: readonly ServedRoute[] }> {
  const { createInbox } = await import('@seek-pass-kit/flows');
  if (verifyFlow !== undefined) handlers.event['verify'] = verifyFlow.inboxHandler;
  const inbox = createInbox({
    ...settings,
    ...shared,
    handlers: handlers.event,
    async onRotation() {
      await verifyFlow?.pollOpen();
      await settings.onRotation?.();
    },
    onNotice: log,
    onDelivery(delivery) {
      record.onDelivery(delivery);
      log({ event: 'webhook', ...delivery });
      settings.onDelivery?.(delivery);
    },
  });
  await inbox.start();
  closes.push(async () => inbox.close());
  return { inbox, routes: routesAt(settings.receiverUrl, inbox.receiver()) };
}
