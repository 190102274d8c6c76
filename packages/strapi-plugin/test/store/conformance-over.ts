import { storeConformance } from '../../../flows/test/conformance/store-conformance.ts';
import { openStrapiStore } from '../../server/src/store/open-strapi-store.ts';
import type { KindOfDatabase } from './site-databases.ts';

/** The suite that every store passes, over a database of Strapi; `other` is a second Strapi over the same one. */
export function conformanceOver({ name, missing, open }: KindOfDatabase): void {
  storeConformance(
    `${name} of Strapi`,
    async () => {
      const database = await open();
      const { client, restart } = database;
      const [store, other] = await Promise.all([
        openStrapiStore({ knex: database.openPool(), client }),
        openStrapiStore({ knex: database.openPool(), client }),
      ]);
      return {
        store,
        other,
        oneConnection: client === 'sqlite',
        ...(restart === undefined ? {} : { restart }),
        close: () => database.close(),
      };
    },
    missing,
  );
}
