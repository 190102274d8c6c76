import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { storeConformance } from '../conformance/store-conformance.ts';
import { givenDatabaseUrl, postgresMissing, startTemporaryPostgres } from './temporary-postgres.ts';

const skip = await postgresMissing();

storeConformance(
  'PostgreSQL',
  async () => {
    const server = givenDatabaseUrl === undefined ? await startTemporaryPostgres() : undefined;
    const connectionString = server?.connectionString ?? givenDatabaseUrl ?? '';
    const schema = `conformance_${process.pid}`;
    const [store, other] = await Promise.all([
      openPostgresStore({ connectionString, schema }),
      openPostgresStore({ connectionString, schema }),
    ]);
    return {
      store,
      other,
      ...(server === undefined ? {} : { restart: () => server.restart() }),
      async close() {
        await Promise.all([store.close(), other.close()]);
        await server?.stop();
      },
    };
  },
  skip,
);
