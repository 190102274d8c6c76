import type { AddFlow, ClaimHandler } from '@seek-pass-kit/flows';
import { errorName } from '@seek-pass-kit/flows/node';
import type { Core } from '@strapi/types';
import type { PluginConfig } from '../plugin-config.ts';

/**
 * Opens the claim pages of a connection: by a mailed code, or for whoever the site handed over.
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
    onError: (error, { route, awardId }) =>
      strapi.log.error(
        `A claim page failed: ${errorName(error)} on the page ${route}${awardId === undefined ? '' : `, award ${awardId}`}.`,
      ),
  });
}
