import type { Knex } from 'knex';
import { codeOf, type Dialect } from './dialect.ts';

/** SQLite through better-sqlite3, on the one connection that Strapi has. */
export const sqlite: Dialect = {
  name: 'sqlite',
  oneConnection: true,
  columnTypes: {
    key: 'text',
    text: 'text',
    hash: 'blob',
    bytes: 'blob',
    integer: 'integer',
    boolean: 'integer',
    time: 'integer',
    real: 'real',
    json: 'text',
    position: 'integer primary key autoincrement',
  },
  tableOptions: '',
  indexesInTable: false,
  mostValues: 20_000,
  // To the millisecond; by the clock of this machine, which is the only one that has the file.
  nowMs: `round((julianday('now') - 2440587.5) * 86400000)`,
  faultOf(error) {
    const code = codeOf(error);
    if (/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID|FOREIGNKEY)$/.test(code)) return 'conflict';
    // Somebody else has the file for a moment, such as a backup.
    return /^SQLITE_(BUSY|LOCKED)/.test(code) ? 'contention' : undefined;
  },
  keepExisting: (key) => `on conflict (${key.join(', ')}) do nothing`,
  // Nobody else is in a transaction.
  skipLocked: (select) => select,
  prepare: async () => undefined,
  alone: (knex, _name, work) => knex.transaction((transaction: Knex.Transaction) => work(transaction)),
};
