import { ConfigurationError, SeekPass } from '@seek-pass-kit/core';
import { type AddFlow, createAddFlow, type MailPort, sharedQuota, type Store } from '@seek-pass-kit/flows';
import type { HostLogger } from '@seek-pass-kit/flows/node';
import type { Core } from '@strapi/types';
import { awardEventNames } from '../../../contract/award-events.ts';
import { claimPlaceOf } from '../claims/claim-place.ts';
import { openClaimPages } from '../claims/open-claim-pages.ts';
import { openSiteKeys } from '../keys/site-keys.ts';
import { clientOptions, flowSettings } from '../settings/flow-settings.ts';
import { whatIsMissing } from '../settings/missing-settings.ts';
import { strayAddress } from '../settings/secret-destination.ts';
import type { SiteSettings } from '../settings/site-settings.ts';
import { awardListeners } from './award-listeners.ts';
import type { Connection } from './connection-service.ts';

/** What SEEK Pass says of awards. What the site decides itself is in the log as it happens. */
const ofSeekPass = awardEventNames.filter((name) => name !== 'issued' && name !== 'withdrawn');

/** What a connection is opened over, besides its settings. */
export interface ConnectionGround {
  readonly strapi: Core.Strapi;
  readonly store: Store;
  readonly mail: MailPort;
  readonly log: HostLogger;
}

/**
 * Opens the client and the add flow with these settings. SEEK Pass is not asked anything.
 *
 * @throws {ConfigurationError} `invalid_configuration` when something is missing or wrong, or does not belong to what is stored.
 */
export async function openConnection(ground: ConnectionGround, settings: SiteSettings): Promise<Connection> {
  const { connection, begun } = await prepare(ground, settings, async (flow) => {
    await flow.start();
    return openClaimPages(ground.strapi, flow, settings.config);
  });
  return { ...connection, claimPages: begun };
}

/**
 * Says what {@link openConnection} would find. It starts nothing.
 *
 * @throws {ConfigurationError} as {@link openConnection}.
 */
export async function checkConnection(ground: ConnectionGround, settings: SiteSettings): Promise<void> {
  const { connection } = await prepare(ground, settings, (flow) => flow.checkStart());
  await connection.seekPass.close();
}

async function prepare<Begun>(
  { strapi, store, mail, log }: ConnectionGround,
  settings: SiteSettings,
  begin: (flow: AddFlow) => Promise<Begun>,
): Promise<{ readonly connection: Omit<Connection, 'claimPages'>; readonly begun: Begun }> {
  const missing = whatIsMissing(settings);
  if (missing !== undefined) throw new ConfigurationError(missing);
  const stray = strayAddress(settings);
  if (stray !== undefined) throw new ConfigurationError([stray]);
  const { values, clientSecret, config } = settings;
  const { environment = 'sandbox', clientId = '' } = values;
  const { quota } = config;
  const seekPass = new SeekPass({
    ...clientOptions(values, clientSecret),
    ...(quota === undefined ? {} : { quota: sharedQuota({ store, clientId, ...quota }) }),
  });
  try {
    const keys = await openSiteKeys({ config, dirs: strapi.dirs, store, environment, clientId });
    const addFlow: AddFlow = createAddFlow({
      ...flowSettings(values),
      ...(config.retention === undefined ? {} : { retention: config.retention }),
      ...(config.erasure === undefined ? {} : { erasure: config.erasure }),
      ...keys,
      issuer: environment,
      seekPass,
      environment,
      clientId,
      store,
      mail,
      onNotice: log,
      tellDecisions: true,
      onEvent: {
        log: { types: ofSeekPass, handle: ({ type, awardId }) => log({ event: 'award', type, awardId }) },
        ...awardListeners(strapi, () => addFlow),
      },
      onAuditHead: ({ issuer, number, mac }) => log({ event: 'audit_head', issuer, number, mac }),
    });
    claimPlaceOf(strapi, String(values.claimBaseUrl));
    const begun = await begin(addFlow);
    return {
      begun,
      connection: { issuer: environment, environment, clientId, seekPass, addFlow, store, settings: values },
    };
  } catch (error) {
    await seekPass.close();
    throw error;
  }
}
