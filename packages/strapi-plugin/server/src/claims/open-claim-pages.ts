import type { AddFlow, ClaimHandler } from '@seek-pass-kit/flows';
import { errorName } from '@seek-pass-kit/flows/node';
import type { Core } from '@strapi/types';
import { isActiveUser } from './end-user.ts';
import { strapiHandoffs } from './handoff-table.ts';
import { keysLinkedTo } from './linked-user.ts';
import type { PluginConfig } from '../plugin-config.ts';

/**
 * Opens the claim pages of a connection. The recipient is proved by a mailed code, or was signed in to the site and came from there.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the setting.
 */
export function openClaimPages(
  strapi: Core.Strapi,
  addFlow: AddFlow,
  { claimPages = {} }: Pick<PluginConfig, 'claimPages'>,
): ClaimHandler {
  return addFlow.claimPages({
    ...claimPages,
    handoff: {
      handoffs: strapiHandoffs(strapi.db.connection),
      mayClaim: async ({ key, subject = '' }) =>
        (await isActiveUser(strapi, subject)) && (await keysLinkedTo(strapi, subject, [key])).has(key),
    },
    onError: (error, { route, awardId }) =>
      strapi.log.error(
        `A claim page failed: ${errorName(error)} on the page ${route}${awardId === undefined ? '' : `, award ${awardId}`}.`,
      ),
  });
}
