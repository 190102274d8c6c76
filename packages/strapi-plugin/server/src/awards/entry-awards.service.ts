import type { Core } from '@strapi/types';
import { serviceOf } from '../plugin-services.ts';
import { detailsOfEntry } from './entry-award-details.ts';
import { resendMail, withdrawAward } from './award-actions.ts';
import { issuedAward } from './entry-award-keys.ts';
import { claimLinkOf } from './entry-claim-link.ts';
import { entryAwardRows } from './entry-award-rows.ts';
import { noteAwarded, rowOfOrigin } from './entry-award-notes.ts';
import { statesOfEntries } from './entry-award-states.ts';
import type { EntryAwardsService } from './entry-awards-service.ts';
import { issueEntry } from './issue-entry.ts';
import { previewEntry } from './preview-entry.ts';

/** Makes the service of what happens to the awards of entries. */
export function entryAwardsService({ strapi }: { readonly strapi: Core.Strapi }): EntryAwardsService {
  return {
    previewOf: (award, options) => previewEntry(strapi, award, options),
    issue: (issuing) => issueEntry(strapi, issuing),
    intend: async (origins) => {
      const { addFlow } = serviceOf(strapi, 'connection').required();
      await entryAwardRows(strapi).add(origins.map((origin) => rowOfOrigin(addFlow, origin)));
    },
    note: (awarded) => noteAwarded(strapi, awarded),
    statesOf: (contentType, documentIds, locale) =>
      statesOfEntries(strapi, { contentType, documentIds, locale }),
    awardsOf: (entry) => detailsOfEntry(strapi, entry),
    withdraw: async (award, reason, who) => {
      const { awardId } = await issuedAward(strapi, award);
      return withdrawAward(strapi, awardId, reason, who);
    },
    resend: async (award, who) => {
      const { awardId } = await issuedAward(strapi, award);
      return resendMail(strapi, awardId, who);
    },
    link: (award, who) => claimLinkOf(strapi, award, who),
  };
}
