import type { InboxOptions } from '@seek-pass-kit/flows';
import type { Settings } from '../config/settings.ts';
import type { OpenFlow } from '../flow/open-flow.ts';
import { inboxOf, receiverUrlOf } from '../webhooks/open-inbox.ts';
import type { PartWatch, ServedPart } from './served-part.ts';

/** The webhook inbox: receives, stores and hands on what SEEK Pass sends, when the config has `webhooks`. */
export async function inboxPart(
  opened: OpenFlow,
  settings: Settings,
  { record, log }: PartWatch,
  work: Pick<InboxOptions, 'handlers' | 'onRotation'>,
): Promise<ServedPart | undefined> {
  if (settings.config.webhooks === undefined) return undefined;
  const inbox = inboxOf(opened, settings, {
    ...work,
    onDelivery(delivery) {
      record.onDelivery(delivery);
      log({ event: 'webhook', ...delivery });
    },
    onNotice: log,
  });
  await inbox.start();
  const url = receiverUrlOf(settings.config);
  return {
    name: 'Webhooks',
    url,
    routes: [{ path: new URL(url).pathname, handler: inbox.receiver() }],
    work: inbox,
    close: async () => inbox.close(),
  };
}
