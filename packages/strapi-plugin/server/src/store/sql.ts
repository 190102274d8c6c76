import type { Knex } from 'knex';
import type { Dialect } from './dialects/dialect.ts';
import { columnName, columnNames, columnsOf, rowOf, type Table } from './table.ts';

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
    for (const part of this.#parts(into, rows)) await this.#run((knex) => knex(into.name).insert(part));
  }

  /** Inserts those whose `key` does not exist yet. */
  async insertMissing<Row>(
    into: Table<Row>,
    rows: readonly Row[],
    key: ReadonlyArray<keyof Row & string>,
  ): Promise<void> {
    for (const part of this.#parts(into, rows)) {
      await this.#run((knex) => this.dialect.keepExisting(knex(into.name).insert(part), key.map(columnName)));
    }
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

  /** Rows as the database takes them, as many at a time as fit one statement. */
  *#parts<Row>(into: Table<Row>, rows: readonly Row[]) {
    const mostRows = Math.min(500, Math.floor(this.dialect.mostValues / Object.keys(into.columns).length));
    let part: Array<Record<string, Knex.Value | null>> = [];
    let bytes = 0;
    for (const row of rows) {
      const columns = columnsOf(into, row as Partial<Row>);
      const size = sizeOf(columns);
      if (part.length === mostRows || (part.length > 0 && bytes + size > mostBytes)) {
        yield part;
        part = [];
        bytes = 0;
      }
      part.push(columns);
      bytes += size;
    }
    if (part.length > 0) yield part;
  }
}

/** Narrows a query to the rows with these members; `null` matches only `null`. */
export function match<Row>(in_: Table<Row>, members: Partial<Row>): Narrow {
  return (query) => query.where(columnsOf(in_, members));
}

function sizeOf(columns: Readonly<Record<string, unknown>>): number {
  return Object.values(columns).reduce<number>(
    (sum, value) => sum + (Buffer.isBuffer(value) || typeof value === 'string' ? value.length : 8),
    0,
  );
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
  return query
    .where('created_at', '>=', after.createdAt)
    .where((later) => later.where('created_at', '>', after.createdAt).orWhere('id', '>', after.id));
}
