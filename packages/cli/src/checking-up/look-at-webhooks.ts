import { SeekPassError } from '@seek-pass-kit/core';
import type { Settings } from '../config/settings.ts';
import type { OpenFlow } from '../flow/open-flow.ts';
import { inboxOf, receiverUrlOf } from '../webhooks/open-inbox.ts';
import { type Judgement, notChecked } from './finding.ts';
import { judgeEndpoints, judgeInbox, judgeReceiver } from './judge-webhooks.ts';
import { visit } from './visit.ts';

/** Asks SEEK Pass for the webhooks of this client, and changes none. */
export async function lookAtWebhooks(opened: OpenFlow, settings: Settings): Promise<Judgement[]> {
  const receiver = receiverUrlOf(settings.config);
  const inbox = inboxOf(opened, settings, { handlers: {} });
  try {
    await inbox.start();
    const [endpoints, counts, visited] = await Promise.all([
      inbox.endpoints(),
      inbox.counts(),
      visit(receiver),
    ]);
    return [...judgeEndpoints(receiver, endpoints), ...judgeInbox(counts), judgeReceiver(receiver, visited)];
  } catch (error) {
    if (!SeekPassError.is(error)) throw error;
    return [
      notChecked(
        `SEEK Pass did not tell its webhooks (${error.code}).`,
        'Mend what is said of SEEK Pass first.',
      ),
    ];
  } finally {
    inbox.close();
  }
}
