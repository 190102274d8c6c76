import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeConformance } from '../../../flows/test/conformance/store-conformance.ts';
import { openStrapiStore } from '../../server/src/store/open-strapi-store.ts';
import { strapiKnex } from './strapi-knex.ts';

// Strapi has one connection to an SQLite file, and one process has the file. What comes nearest to another process is another store over
// the same connection, as after the settings were changed: it shares nothing else with the first.
storeConformance('SQLite of Strapi', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-sqlite-'));
  const knex = strapiKnex({
    client: 'sqlite',
    connection: { filename: join(folder, 'site.db') },
    useNullAsDefault: true,
  });
  const open = () => openStrapiStore({ knex, client: 'sqlite' });
  return {
    store: await open(),
    other: await open(),
    oneConnection: true,
    close: async () => {
      await knex.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
