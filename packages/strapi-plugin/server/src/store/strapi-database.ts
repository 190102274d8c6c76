import { systemClock } from '@seek-pass-kit/core';
import type { Core } from '@strapi/types';
import { dialectOf } from './dialects/dialect-of.ts';
import { type Patience, withPatience } from './patience.ts';
import { Sql } from './sql.ts';
import { runTransaction } from './transaction.ts';

/** Our tables in the database of Strapi, for what is not part of the store of the flows. */
export interface StrapiDatabase {
  /** Outside of transactions. */
  readonly sql: Sql;
  /** All of it, or nothing. `work` may run more than once. On SQLite nothing but its `sql` may be asked in it. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

const patience: Patience = { clock: systemClock, random: Math.random, reconnectForMs: 30_000 };

export function strapiDatabase(strapi: Core.Strapi): StrapiDatabase {
  const knex = strapi.db.connection;
  const dialect = dialectOf(strapi.db.dialect.client);
  return {
    sql: new Sql((ask) => withPatience(patience, dialect, async () => ask(knex)), dialect),
    transaction: (work) => runTransaction({ knex, dialect, patience }, work),
  };
}
