import type { VerifyFlow } from '@seek-pass-kit/flows';
import { errorName } from '@seek-pass-kit/flows/node';
import type { Settings } from '../config/settings.ts';
import type { OpenFlow } from '../flow/open-flow.ts';
import { verifyFlowOf, verifyUrlOf } from '../verifying/open-verify.ts';
import type { PartWatch, ServedPart } from './served-part.ts';

/** The verify flow as `serve` runs it, and what the inbox hands it. */
export interface VerifyPart extends ServedPart {
  readonly inboxHandler: VerifyFlow['inboxHandler'];
  /** Asks about every open verification, after events may have been lost. */
  readonly pollOpen: () => Promise<void>;
}

/** The pages of verifications and their polling, when the config has `verify`. */
export async function verifyPart(
  opened: OpenFlow,
  settings: Settings,
  { log }: PartWatch,
): Promise<VerifyPart | undefined> {
  if (settings.config.verify === undefined) return undefined;
  const flow = await verifyFlowOf(opened, settings, {
    onDecision: ({ type, verificationId }) => log({ event: 'verification', type, verificationId }),
    onNotice: log,
  });
  const url = verifyUrlOf(settings.config);
  const handler = flow.pages({
    onError: (error) => log({ event: 'request_failed', error: errorName(error) }),
  });
  return {
    name: 'Verify pages',
    url,
    routes: [{ path: new URL(url).pathname, handler }],
    work: flow,
    inboxHandler: flow.inboxHandler,
    async pollOpen() {
      await flow.pollOpen();
    },
  };
}
