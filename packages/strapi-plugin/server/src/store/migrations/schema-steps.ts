import type { Knex } from 'knex';
import { codeOf, type Dialect } from '../dialects/dialect.ts';
import { type ColumnKind, tablePrefix } from '../table.ts';
import { insertOnlyStatements, type OneChange } from './insert-only.ts';

/** A column of a new table: its kind; with `?` it may be empty (`null`). */
export type NewColumn = ColumnKind | `${ColumnKind}?`;

/** A table to make. Columns are named as in the database. */
export interface NewTable {
  readonly columns: Readonly<Record<string, NewColumn>>;
  /** Absent where a column of kind `position` is the key. */
  readonly primary?: readonly string[];
  readonly unique?: Readonly<Record<string, readonly string[]>>;
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  /** Rows of another table that must be there; by the names of the columns here. */
  readonly references?: ReadonlyArray<{
    readonly columns: readonly string[];
    readonly table: string;
    readonly of: readonly string[];
  }>;
}

/** What a migration does to the schema. Each step is safe to do again. Names of tables and indexes come without the prefix. */
export interface SchemaSteps {
  createTable(name: string, table: NewTable): Promise<void>;
  /** Rows that are there get `null`, or the default of `DEFAULT …`. */
  addColumn(table: string, column: string, kind: NewColumn, defaultValue?: number): Promise<void>;
  /** From here on the database refuses to change or delete rows, but for this one change. See {@link insertOnlyStatements}. */
  insertOnly(table: string, oneChange?: OneChange): Promise<void>;
}

/** What MySQL and MariaDB say to a user who may not make triggers. */
const refusedTriggers = new Set([
  'ER_BINLOG_CREATE_ROUTINE_NEED_SUPER',
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
]);

/** The steps on a database. */
export function schemaSteps(knex: Knex, dialect: Dialect): SchemaSteps {
  const quoted = (name: string) => knex.raw('??', [name]).toQuery();
  const list = (names: readonly string[]) => `(${names.map(quoted).join(', ')})`;
  const columnType = (column: NewColumn) => {
    const kind = column.replace('?', '') as ColumnKind;
    const type = dialect.columnTypes[kind];
    return column.endsWith('?') || kind === 'position' ? type : `${type} not null`;
  };
  return {
    async createTable(name, { columns, primary, unique = {}, indexes = {}, references = [] }) {
      const table = `${tablePrefix}${name}`;
      const parts = Object.entries(columns).map(([column, kind]) => `${quoted(column)} ${columnType(kind)}`);
      if (primary !== undefined) parts.push(`primary key ${list(primary)}`);
      for (const [constraint, of] of Object.entries(unique))
        parts.push(`constraint ${quoted(tablePrefix + constraint)} unique ${list(of)}`);
      for (const { columns: own, table: other, of } of references)
        parts.push(`foreign key ${list(own)} references ${quoted(tablePrefix + other)} ${list(of)}`);
      const separate: string[] = [];
      for (const [index, of] of Object.entries(indexes)) {
        if (dialect.indexesInTable) parts.push(`index ${quoted(tablePrefix + index)} ${list(of)}`);
        else
          separate.push(
            `create index if not exists ${quoted(tablePrefix + index)} on ${quoted(table)} ${list(of)}`,
          );
      }
      await knex.raw(
        `create table if not exists ${quoted(table)} (${parts.join(', ')}) ${dialect.tableOptions}`,
      );
      for (const statement of separate) await knex.raw(statement);
    },
    async addColumn(table, column, kind, defaultValue) {
      const name = `${tablePrefix}${table}`;
      if (await knex.schema.hasColumn(name, column)) return;
      const ending = defaultValue === undefined ? '' : ` default ${defaultValue}`;
      await knex.raw(`alter table ${quoted(name)} add column ${quoted(column)} ${columnType(kind)}${ending}`);
    },
    async insertOnly(table, oneChange) {
      try {
        for (const statement of insertOnlyStatements(dialect.name, `${tablePrefix}${table}`, oneChange))
          await knex.raw(statement);
      } catch (error) {
        // A server that keeps a binary log lets only its administrator make triggers, unless it is told to trust others. The chain of the
        // trail does not need them.
        if (!refusedTriggers.has(codeOf(error))) throw error;
      }
    },
  };
}
