import { match, type Sql } from './sql.ts';
import { table } from './table.ts';

interface LockRow {
  readonly name: string;
}

const locks = table<LockRow>('locks', { name: 'key' });

/** Waits until nobody else holds the lock of this name, and holds it until the transaction ends. */
export async function holdLock(sql: Sql, name: string): Promise<void> {
  await lock(sql, name, 'update');
}

/** Like {@link holdLock}, beside any number of others who share it. */
export async function shareLock(sql: Sql, name: string): Promise<void> {
  await lock(sql, name, 'share');
}

/** Holds the lock until the transaction ends, if nobody has it; `false`: somebody has. */
export async function tryLock(sql: Sql, name: string): Promise<boolean> {
  if (sql.dialect.oneConnection) return true;
  const taken = async () =>
    (await sql.select(locks, (query) => sql.dialect.skipLocked(match(locks, { name })(query)))).length > 0;
  if (await taken()) return true;
  // On MySQL whoever makes a row that somebody holds waits for it.
  if ((await sql.first(locks, match(locks, { name }))) !== undefined) return false;
  await makeRow(sql, name);
  return taken();
}

async function lock(sql: Sql, name: string, how: 'update' | 'share'): Promise<void> {
  // Nobody else is in a transaction.
  if (sql.dialect.oneConnection) return;
  const take = () =>
    sql.select(locks, (query) => {
      const named = match(locks, { name })(query);
      return how === 'share' ? named.forShare() : named.forUpdate();
    });
  if ((await take()).length > 0) return;
  await makeRow(sql, name);
  await take();
}

async function makeRow(sql: Sql, name: string): Promise<void> {
  await sql.insertMissing(locks, [{ name }], ['name']);
}
