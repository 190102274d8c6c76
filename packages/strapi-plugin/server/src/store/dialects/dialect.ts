import type { Knex } from 'knex';
import type { ColumnKind } from '../table.ts';

/** What differs between the databases that Strapi runs on. Everything else is the same statement on all of them. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres' | 'mysql';
  /**
   * Whether there is one connection for everything: then transactions run one after another, and whoever asks outside of the open one
   * waits for its end.
   */
  readonly oneConnection: boolean;
  /** Of every transaction; absent where there is no choice. */
  readonly isolation?: 'read committed';
  /** The type of a column when its table is made. */
  readonly columnTypes: Readonly<Record<ColumnKind, string>>;
  /** What `CREATE TABLE` ends with. */
  readonly tableOptions: string;
  /** Whether indexes are part of `CREATE TABLE`: where each statement is stored by itself, a table must not be there without them. */
  readonly indexesInTable: boolean;
  /** The most values of one statement. */
  readonly mostValues: number;
  /** The time of the database, in milliseconds since the epoch, as a column. */
  readonly nowMs: string;
  /** What an error means for the transaction in which it happened. */
  faultOf(error: unknown): Fault | undefined;
  /** What an `insert` ends with that passes over rows whose key exists already. */
  keepExisting(key: readonly string[]): string;
  /** Locks what it selects; passes over what somebody else has locked. */
  skipLocked(select: Knex.QueryBuilder): Knex.QueryBuilder;
  /**
   * Sets what a new transaction needs; with `lockWaitMs` it waits no longer for a lock. Gives what takes that back before the end, when
   * the connection would keep it.
   */
  prepare(
    transaction: Knex.Transaction,
    lockWaitMs: number | undefined,
  ): Promise<(() => Promise<void>) | undefined>;
  /** Does `work` while no other process does the same, on the connection that it gives. */
  alone(knex: Knex, name: string, work: (knex: Knex) => Promise<void>): Promise<void>;
}

/**
 * - `conflict`: a row exists already, or one that it refers to does not.
 * - `lock-wait`: somebody else had a row for too long.
 * - `contention`: undone for the sake of others, and worth another try.
 * - `connection`: the way to the database broke; what was on it may have been carried out.
 */
type Fault = 'conflict' | 'lock-wait' | 'contention' | 'connection';

/** Codes of the operating system when a server is away, starting or gone in the middle. */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);

/** Whether the way to a server broke, by what the system and the pool say; each server has codes of its own besides. */
export function isNetworkFault(error: unknown): boolean {
  return networkCodes.has(codeOf(error));
}

/** The code of an error of a driver, `''` when it has none. */
export function codeOf(error: unknown): string {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
