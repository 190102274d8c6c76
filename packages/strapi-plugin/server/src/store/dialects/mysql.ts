import type { Knex } from 'knex';
import { codeOf, type Dialect, isNetworkFault } from './dialect.ts';

const connectionCodes = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
]);

const conflictCodes = new Set(['ER_DUP_ENTRY', 'ER_NO_REFERENCED_ROW_2', 'ER_ROW_IS_REFERENCED_2']);

/** What `mysql2` says without a code. */
const lostMessages = /connection (is in closed state|lost)|closed state/i;

/** For how long a process waits for another one that changes the tables, in seconds. */
const longestWaitSeconds = 600;

/**
 * MySQL 8 and MariaDB through `mysql2`. Keys are kept as bytes: collations differ from server to server, ignore spaces at the end, and most
 * take `a` for `A`.
 */
export const mysql: Dialect = {
  name: 'mysql',
  oneConnection: false,
  isolation: 'read committed',
  columnTypes: {
    key: 'varbinary(255)',
    text: 'longtext',
    hash: 'varbinary(64)',
    bytes: 'longblob',
    integer: 'integer',
    boolean: 'tinyint(1)',
    time: 'bigint',
    real: 'double',
    json: 'longtext',
    position: 'bigint not null auto_increment primary key',
  },
  tableOptions: 'engine = InnoDB default character set utf8mb4 collate utf8mb4_bin',
  indexesInTable: true,
  mostValues: 20_000,
  // While a statement runs, like SYSDATE; `now()` would be the time it began, before it waited for a lock.
  nowMs: 'unix_timestamp(sysdate(3)) * 1000',
  faultOf(error) {
    const code = codeOf(error);
    if (conflictCodes.has(code)) return 'conflict';
    if (code === 'ER_LOCK_WAIT_TIMEOUT' || code === 'ER_LOCK_NOWAIT') return 'lock-wait';
    // The last one is what MariaDB says when a row changed since the snapshot was taken.
    if (code === 'ER_LOCK_DEADLOCK' || code === 'ER_CHECKREAD') return 'contention';
    if (isNetworkFault(error) || connectionCodes.has(code)) return 'connection';
    return error instanceof Error && lostMessages.test(error.message) ? 'connection' : undefined;
  },
  // `insert ignore` would pass over values that do not fit, too.
  keepExisting: ([column = '']) => `on duplicate key update ${column} = ${column}`,
  skipLocked: (select) => select.forUpdate().skipLocked(),
  async prepare(transaction, lockWaitMs) {
    if (lockWaitMs === undefined) return undefined;
    const rows: unknown = await transaction.select(
      transaction.raw('@@session.innodb_lock_wait_timeout as seconds'),
    );
    const [former] = rows as ReadonlyArray<{ readonly seconds: number | string }>;
    const set = (seconds: number) =>
      transaction.raw(`set session innodb_lock_wait_timeout = ${Math.max(1, Math.ceil(seconds))}`);
    await set(lockWaitMs / 1_000);
    return async () => {
      await set(Number(former?.seconds ?? 50));
    };
  },
  async alone(knex, name, work) {
    // The lock belongs to a connection, and statements that change tables end every transaction: so the connection is held, not a transaction.
    await knex.transaction(async (held: Knex.Transaction) => {
      const answer: unknown = await held.select(
        held.raw('get_lock(?, ?) as taken', [name, longestWaitSeconds]),
      );
      const [lock] = answer as ReadonlyArray<{ readonly taken: number | string | null }>;
      if (Number(lock?.taken) !== 1)
        throw new Error(
          `Another process has been changing the tables for ${longestWaitSeconds} seconds. Look whether it is stuck, then start again.`,
        );
      try {
        await work(knex);
      } finally {
        await held.raw('do release_lock(?)', [name]);
      }
    });
  },
};
