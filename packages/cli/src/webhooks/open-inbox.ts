import { createInbox, type Inbox, type InboxOptions } from '@seek-pass-kit/flows';
import type { Config } from '../config/config-shape.ts';
import { given } from '../config/given.ts';
import type { Settings } from '../config/settings.ts';
import { briefly, inTermsOfFiles, openFlow, type OpenFlow } from '../flow/open-flow.ts';

/** Where SEEK Pass sends events to: `webhooks.url` of the config, else beside the claim pages. */
export function receiverUrlOf({ claimBaseUrl, webhooks }: Config): string {
  return webhooks?.url ?? `${new URL(claimBaseUrl).origin}/webhooks/seek-pass`;
}

/** The inbox of an issuer, not started. */
export function inboxOf(
  { store, seekPass, keys }: OpenFlow,
  { config }: Settings,
  options: Pick<InboxOptions, 'handlers' | 'onRotation' | 'onDelivery' | 'onNotice'>,
): Inbox {
  return createInbox({
    environment: config.environment,
    seekPass,
    store,
    keys,
    receiverUrl: receiverUrlOf(config),
    ...given({ issuer: config.issuer, keepDays: config.webhooks?.keepDays }),
    ...options,
  });
}

/** Opens the inbox beside what serves it, does `work` with it and closes it again. It handles no events. */
export async function withInbox<Result>(
  settings: Settings,
  work: (inbox: Inbox) => Promise<Result>,
): Promise<Result> {
  const opened = await openFlow(settings, briefly);
  try {
    const inbox = inboxOf(opened, settings, { handlers: {} });
    await inbox.start();
    try {
      return await work(inbox);
    } finally {
      inbox.close();
    }
  } catch (error) {
    throw inTermsOfFiles(error, settings);
  } finally {
    await opened.close();
  }
}
