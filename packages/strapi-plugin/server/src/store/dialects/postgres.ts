import { createHash } from 'node:crypto';
import { codeOf, type Dialect, isNetworkFault } from './dialect.ts';

/** Connection exceptions, too many connections, shutdowns, idle too long. */
const connectionCodes = /^(08...|53300|57P0[1235]|25P03)$/;

/** What `pg` says without a code. */
const lostMessages = /connection terminated|connection error|client was closed|connection ended/i;

/** How long a transaction may stand idle before the server ends it: a process that hangs keeps rows locked no longer than this. */
const longestIdleMs = 30_000;

/** PostgreSQL through `pg`. */
export const postgres: Dialect = {
  name: 'postgres',
  oneConnection: false,
  isolation: 'read committed',
  columnTypes: {
    key: 'text collate "C"',
    text: 'text',
    hash: 'bytea',
    bytes: 'bytea',
    integer: 'integer',
    boolean: 'boolean',
    time: 'bigint',
    real: 'double precision',
    json: 'text',
    position: 'bigint generated always as identity primary key',
  },
  tableOptions: '',
  indexesInTable: false,
  mostValues: 60_000,
  // While a statement runs; `now()` would be the time the transaction began, before it waited for a lock.
  nowMs: 'extract(epoch from clock_timestamp()) * 1000',
  faultOf(error) {
    const code = codeOf(error);
    if (code === '23505' || code === '23503') return 'conflict';
    if (code === '55P03') return 'lock-wait';
    if (code === '40001' || code === '40P01') return 'contention';
    if (isNetworkFault(error) || connectionCodes.test(code)) return 'connection';
    return code === '' && error instanceof Error && lostMessages.test(error.message)
      ? 'connection'
      : undefined;
  },
  keepExisting: (key) => `on conflict (${key.join(', ')}) do nothing`,
  skipLocked: (select) => select.forUpdate().skipLocked(),
  async prepare(transaction, lockWaitMs) {
    const lockTimeout = lockWaitMs === undefined ? 0 : Math.max(1, Math.ceil(lockWaitMs));
    await transaction.raw(
      `set local idle_in_transaction_session_timeout = ${longestIdleMs}; set local lock_timeout = ${lockTimeout}`,
    );
    return undefined;
  },
  alone: (knex, name, work) =>
    knex.transaction(async (transaction) => {
      await transaction.raw('select pg_advisory_xact_lock(?)', [lockNumber(name)]);
      await work(transaction);
    }),
};

/** A number for the lock that no other program takes by chance: 63 bits of a hash. */
function lockNumber(name: string): string {
  return (createHash('sha256').update(name).digest().readBigInt64BE() >> 1n).toString();
}
