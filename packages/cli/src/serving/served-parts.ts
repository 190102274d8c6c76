import type { Settings } from '../config/settings.ts';
import type { OpenFlow } from '../flow/open-flow.ts';
import { documentsPart } from './documents-part.ts';
import { inboxPart } from './inbox-part.ts';
import type { PartWatch, ServedPart } from './served-part.ts';
import { verifyPart } from './verify-part.ts';

/** Makes the parts that the config asks for. */
export async function servedParts(
  opened: OpenFlow,
  settings: Settings,
  watch: PartWatch,
): Promise<ServedPart[]> {
  const verify = await verifyPart(opened, settings, watch);
  const inbox = await inboxPart(
    opened,
    settings,
    watch,
    verify === undefined
      ? { handlers: {} }
      : { handlers: { verify: verify.inboxHandler }, onRotation: verify.pollOpen },
  );
  const documents = documentsPart(opened, settings, watch);
  return [verify, inbox, documents].filter((part) => part !== undefined);
}
