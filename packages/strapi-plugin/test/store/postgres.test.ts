import { openTestDatabase, postgresMissing } from '@seek-pass-kit/prove/postgres';
import { storeConformance } from '../../../flows/test/conformance/store-conformance.ts';
import { openStrapiStore } from '../../server/src/store/open-strapi-store.ts';
import { strapiKnex } from './strapi-knex.ts';

storeConformance(
  'PostgreSQL of Strapi',
  async () => {
    const database = await openTestDatabase();
    const { connectionString, restart } = database;
    // Two Strapis over one database.
    const pools = [1, 2].map(() => strapiKnex({ client: 'postgres', connection: { connectionString } }));
    const [store, other] = await Promise.all(
      pools.map((knex) => openStrapiStore({ knex, client: 'postgres' })),
    );
    if (store === undefined || other === undefined) throw new Error('There are two pools.');
    return {
      store,
      other,
      ...(restart === undefined ? {} : { restart }),
      close: async () => {
        await Promise.all(pools.map((knex) => knex.destroy()));
        await database.close();
      },
    };
  },
  await postgresMissing(),
);
