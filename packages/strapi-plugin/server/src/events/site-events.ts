import type { AddFlow, AwardEvent, HostListener } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { awardEventNames, type SiteAwardEvent } from '../../../contract/award-events.ts';
import { placeInKey } from '../mapping/entry-key.ts';

/** How Strapi calls an event of ours. */
const eventName = (type: string) => `seek-pass.award.${type}`;

/** Makes Strapi take our events for its webhooks. To be called before somebody can make one. */
export function allowAwardWebhooks(strapi: Core.Strapi): void {
  const webhooks = strapi.get('webhookStore');
  for (const name of awardEventNames) {
    webhooks.addAllowedEvent(`SEEK_PASS_AWARD_${name.toUpperCase()}`, eventName(name));
  }
}

/**
 * Tells the code of the site and its webhooks what became of an award. Each event comes at least once, also after a crash. Strapi's webhooks
 * are only handed over here: whether a receiver answers holds nothing up. Code of the site that throws hears the event again later, and so do
 * the others.
 */
export function siteEvents(
  strapi: Core.Strapi,
  flow: () => Pick<AddFlow, 'statusOf'>,
): HostListener<AwardEvent> {
  return async ({ type, awardId, at }) => {
    const status = await flow().statusOf(awardId);
    if (status === undefined) return;
    const { contentType, documentId, locale, mapping } = placeInKey(status.key ?? '') ?? {};
    const event: SiteAwardEvent = {
      awardId,
      state: status.state,
      at: new Date(at).toISOString(),
      ...(contentType === undefined ? {} : { contentType }),
      ...(documentId === undefined ? {} : { documentId }),
      ...(locale === undefined ? {} : { locale }),
      ...(mapping === undefined ? {} : { mapping }),
    };
    await strapi.eventHub.emit(eventName(type), event);
  };
}
