import { storeConformance } from '../../../flows/test/conformance/store-conformance.ts';
import { openStrapiStore } from '../../server/src/store/open-strapi-store.ts';
import { strapiKnex } from './strapi-knex.ts';
import { mariadbMissing, startTemporaryMariadb } from './temporary-mariadb.ts';

storeConformance(
  'MariaDB of Strapi',
  async () => {
    const server = await startTemporaryMariadb();
    // Two Strapis over one database.
    const pools = [1, 2].map(() => strapiKnex({ client: 'mysql', connection: { ...server.connection } }));
    const [store, other] = await Promise.all(pools.map((knex) => openStrapiStore({ knex, client: 'mysql' })));
    if (store === undefined || other === undefined) throw new Error('There are two pools.');
    return {
      store,
      other,
      restart: () => server.restart(),
      close: async () => {
        await Promise.all(pools.map((knex) => knex.destroy()));
        await server.stop();
      },
    };
  },
  await mariadbMissing(),
);
