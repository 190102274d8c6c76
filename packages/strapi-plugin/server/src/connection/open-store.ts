import type { Store } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { openStrapiStore } from '../store/open-strapi-store.ts';

/** Opens the store in the database of the site. */
export async function openStore({ db }: Pick<Core.Strapi, 'db'>): Promise<Store> {
  return openStrapiStore({
    knex: db.connection,
    client: db.dialect.client,
    inTransaction: () => db.inTransaction(),
  });
}
