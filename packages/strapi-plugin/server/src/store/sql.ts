import type { Knex } from 'knex';
import type { Dialect } from './dialects/dialect.ts';
import {
  type ColumnKind,
  columnName,
  columnNames,
  columnsOf,
  type DatabaseValue,
  rowOf,
  type Table,
  toDatabase,
} from './table.ts';

/** Narrows a query; columns are named as in the table (`award_id`). For values use {@link match}. */
export type Narrow = (query: Knex.QueryBuilder) => Knex.QueryBuilder;

/** Carries out what is asked of the database: on the connection of a transaction, or on any of the pool. */
export type Run = <Answer>(ask: (knex: Knex) => PromiseLike<Answer>) => Promise<Answer>;

/** Bytes of the values of one statement: what servers take in one go begins at 16 MB, and bytes may go as their hexadecimal digits. */
const mostBytes = 4_000_000;

/** Statements on tables, the same on every database. */
export class Sql {
  readonly #run: Run;
  readonly dialect: Dialect;

  constructor(run: Run, dialect: Dialect) {
    this.#run = run;
    this.dialect = dialect;
  }

  /** Any statement that the others are not made for, such as counts. Its values come as the database has them: see {@link fromDatabase}. */
  async ask<Answer>(build: (knex: Knex) => PromiseLike<unknown>): Promise<Answer[]> {
    return (await this.#run(build)) as Answer[];
  }

  select<Row>(from: Table<Row>, narrow: Narrow): Promise<Row[]> {
    return this.#select(from, columnNames(from), narrow);
  }

  /** Some members only. */
  selectSome<Row, Member extends keyof Row & string>(
    from: Table<Row>,
    members: readonly Member[],
    narrow: Narrow,
  ): Promise<Array<Pick<Row, Member>>> {
    return this.#select(from, members.map(columnName), narrow);
  }

  async first<Row>(from: Table<Row>, narrow: Narrow): Promise<Row | undefined> {
    return (await this.select(from, (query) => narrow(query).limit(1)))[0];
  }

  async insert<Row>(into: Table<Row>, rows: readonly Row[]): Promise<void> {
    await this.#insert(into, rows, '');
  }

  /** Inserts those whose `key` does not exist yet. */
  async insertMissing<Row>(
    into: Table<Row>,
    rows: readonly Row[],
    key: ReadonlyArray<keyof Row & string>,
  ): Promise<void> {
    await this.#insert(into, rows, this.dialect.keepExisting(key.map(columnName)));
  }

  /** Inserts a row, or replaces the one with the same `key`. */
  async put<Row>(into: Table<Row>, row: Row, key: ReadonlyArray<keyof Row & string>): Promise<void> {
    await this.#run((knex) =>
      knex(into.name)
        .insert(columnsOf(into, row as Partial<Row>))
        .onConflict(key.map(columnName))
        .merge(),
    );
  }

  /** How many rows it found. */
  update<Row>(in_: Table<Row>, changes: Partial<Row>, narrow: Narrow): Promise<number> {
    return this.#run((knex) => narrow(knex(in_.name)).update(columnsOf(in_, changes)) as PromiseLike<number>);
  }

  /** How many rows it removed. */
  remove<Row>(from: Table<Row>, narrow: Narrow): Promise<number> {
    return this.#run((knex) => narrow(knex(from.name)).delete() as PromiseLike<number>);
  }

  async #select<Selected>(
    from: Table<never>,
    columns: readonly string[],
    narrow: Narrow,
  ): Promise<Selected[]> {
    const rows = await this.#run(
      (knex) => narrow(knex(from.name).select([...columns])) as PromiseLike<Array<Record<string, unknown>>>,
    );
    return rows.map((row) => rowOf(from as Table<Selected>, row));
  }

  /** The builder of knex takes longer for many rows than all databases do. */
  async #insert<Row>(into: Table<Row>, rows: readonly Row[], ending: string): Promise<void> {
    const names = columnNames(into);
    const row = `(${names.map(() => '?').join(', ')})`;
    for (const { values, count } of partsOf(into, rows, this.dialect.mostValues)) {
      const text = `insert into ${into.name} (${names.join(', ')}) values ${Array.from({ length: count }, () => row).join(', ')} ${ending}`;
      await this.#run((knex) => knex.raw(text, values));
    }
  }
}

/** The values of rows, as many at a time as fit one statement. */
function* partsOf<Row>(
  { columns }: Table<Row>,
  rows: readonly Row[],
  mostValues: number,
): Generator<{ readonly values: Knex.RawBinding[]; readonly count: number }, void, undefined> {
  const members = Object.entries<ColumnKind>(columns);
  let values: Knex.RawBinding[] = [];
  let bytes = 0;
  for (const row of rows) {
    const taken = members.map(([member, kind]) => toDatabase(kind, row[member as keyof Row & string]));
    const size = taken.reduce<number>((sum, value) => sum + sizeOf(value), 0);
    if (values.length > 0 && (values.length + members.length > mostValues || bytes + size > mostBytes)) {
      yield { values, count: values.length / members.length };
      values = [];
      bytes = 0;
    }
    values.push(...taken);
    bytes += size;
  }
  if (values.length > 0) yield { values, count: values.length / members.length };
}

/** Narrows a query to the rows with these members; `null` matches only `null`. */
export function match<Row>(in_: Table<Row>, members: Partial<Row>): Narrow {
  return (query) => query.where(columnsOf(in_, members));
}

function sizeOf(value: DatabaseValue): number {
  return Buffer.isBuffer(value) || typeof value === 'string' ? value.length : 8;
}

/** A place in the order of creation: rows of one millisecond are ordered by id. */
interface Created {
  readonly createdAt: number;
  readonly id: string;
}

/** Narrows a query to the rows that were created after a position, or not at all. */
export function afterPosition(query: Knex.QueryBuilder, after: Created | undefined): Knex.QueryBuilder {
  if (after === undefined) return query;
  // The first condition is what finds the place in an index.
  return query.where('created_at', '>=', after.createdAt).where((later) => {
    void later.where('created_at', '>', after.createdAt).orWhere('id', '>', after.id);
  });
}
