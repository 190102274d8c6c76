import { ConfigurationError } from '@seek-pass-kit/core';
import knexOf from 'knex';
import { createConnection } from 'mysql2/promise';
import { expect, test } from 'vitest';
import { openStrapiStore } from '../../server/src/store/open-strapi-store.ts';
import { openingRefused } from '../../server/src/store/opening-refused.ts';
import { mariadbMissing, startTemporaryMariadb } from './temporary-mariadb.ts';

test.skipIf(await mariadbMissing())(
  'a database user who may not make tables reads what to do about it',
  async () => {
    const server = await startTemporaryMariadb();
    const { socketPath, database } = server.connection;
    const admin = await createConnection({ socketPath, user: 'root' });
    await admin.query('create user reader');
    await admin.query('grant select on site.* to reader');
    await admin.end();
    const knex = knexOf({ client: 'mysql2', connection: { socketPath, user: 'reader', database } });
    try {
      await expect(openStrapiStore({ knex, client: 'mysql' })).rejects.toThrow(/may not make tables/);
    } finally {
      await knex.destroy();
      await server.stop();
    }
  },
  60_000,
);

test.each([
  [
    'a MySQL with a binary log, whose triggers are for administrators',
    'ER_BINLOG_CREATE_ROUTINE_NEED_SUPER',
    /log_bin_trust/,
  ],
  ['a PostgreSQL user without rights', '42501', /may not make tables/],
  ['a file that can only be read', 'SQLITE_READONLY', /writable/],
])('what is said about %s', (_, code, sentence) => {
  const refused = openingRefused(Object.assign(new Error('in the words of the driver'), { code }));
  expect(refused).toBeInstanceOf(ConfigurationError);
  expect(String(refused)).toMatch(sentence);
});

test('any other error stays what it is', () => {
  const error = new Error('something else');
  expect(openingRefused(error)).toBe(error);
});
