import pg from 'pg';
import { expect, test } from 'vitest';
import { openPostgresStore } from '../../src/postgres/index.ts';
import type { PostgresClient, PostgresPool } from '../../src/postgres/sql.ts';
import { openTestDatabase, postgresMissing } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();
/** A server may have to be started. */
const patience = { timeout: 60_000 };

test.skipIf(skip)('a pool of the host gets one statement at a time', patience, async () => {
  const database = await openTestDatabase();
  const pool = new pg.Pool({ connectionString: database.connectionString });
  const most = { atOnce: 0 };
  const store = await openPostgresStore({ pool: watched(pool, most) });
  const found = await store.transaction((tx) =>
    Promise.all([tx.award('a', '1'), tx.recipient('a', '1'), tx.submissions('a', '1'), tx.issuer('a')]),
  );
  expect(found).toEqual([undefined, undefined, [], undefined]);
  expect(most.atOnce).toBe(1);
  await store.close();
  if (!pool.ended) await pool.end();
  await database.close();
});

/** Counts the statements that a connection has at the same time. */
function watched(pool: pg.Pool, most: { atOnce: number }): PostgresPool {
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      let now = 0;
      const counted: PostgresClient = {
        on: (event, listener) => client.on(event, listener),
        release: (destroy) => client.release(destroy),
        async query({ text, values = [] }) {
          now += 1;
          most.atOnce = Math.max(most.atOnce, now);
          try {
            return await client.query(text, values);
          } finally {
            now -= 1;
          }
        },
      };
      return counted;
    },
  };
}
