import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { storeConformance } from '../conformance/store-conformance.ts';
import { openTestDatabase, postgresMissing } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();

storeConformance(
  'PostgreSQL',
  async () => {
    const database = await openTestDatabase();
    const { connectionString, restart } = database;
    const schema = `conformance_${process.pid}`;
    const [store, other] = await Promise.all([
      openPostgresStore({ connectionString, schema }),
      openPostgresStore({ connectionString, schema }),
    ]);
    return {
      store,
      other,
      ...(restart === undefined ? {} : { restart }),
      close: async () => {
        await Promise.all([store.close(), other.close()]);
        await database.close();
      },
    };
  },
  skip,
);
