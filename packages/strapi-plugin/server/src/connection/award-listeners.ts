import type { AddFlow, AwardEvent, HostListener, ListenerOfTypes } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { siteEvents } from '../events/site-events.ts';

/**
 * The parts of the plugin that are told what became of awards at SEEK Pass, each by a name that stays: what a part has still to hear is
 * stored under it. A part hears every event at least once, also after a crash, so its effect must not double; throwing repeats the event later.
 * An event holds ids only.
 *
 * @param flow whose awards they are, for what a listener wants to know besides. Another one may be connected meanwhile.
 */
export function awardListeners(
  strapi: Core.Strapi,
  flow: () => AddFlow,
): Readonly<Record<string, HostListener<AwardEvent> | ListenerOfTypes<AwardEvent>>> {
  return { site: siteEvents(strapi, flow) };
}
