import type { Store } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { openStrapiStore } from './open-strapi-store.ts';

const stores = new WeakMap<Core.Strapi, Promise<Store>>();

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
    });
  stores.set(strapi, opened);
  return opened;
}
