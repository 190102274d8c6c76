import { systemClock } from '@seek-pass-kit/core';
import type { Store } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { RequestsUnderWay } from '../routes/requests-under-way.ts';
import { openStrapiStore } from './open-strapi-store.ts';

const stores = new WeakMap<Core.Strapi, Promise<Store>>();
const requests = new WeakMap<Core.Strapi, RequestsUnderWay>();

/** Between pieces of work: on the one connection of SQLite, whoever waits for an answer of the site goes first. */
export async function letRequestsGoFirst(strapi: Core.Strapi): Promise<void> {
  if (strapi.db.dialect.client !== 'sqlite') return;
  const known = requests.get(strapi) ?? new RequestsUnderWay(strapi.server.httpServer, systemClock);
  requests.set(strapi, known);
  await known.letGoFirst();
}

/**
 * The store of this site, opened once; our tables are up to date then.
 *
 * @throws {ConfigurationError} `invalid_configuration` for tables of a newer version of the plugin.
 */
export function siteStore(strapi: Core.Strapi): Promise<Store> {
  const opened =
    stores.get(strapi) ??
    openStrapiStore({
      knex: strapi.db.connection,
      client: strapi.db.dialect.client,
      inTransaction: () => strapi.db.inTransaction(),
      beforeJobs: () => letRequestsGoFirst(strapi),
    });
  stores.set(strapi, opened);
  return opened;
}
