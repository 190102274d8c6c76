import type { Knex } from 'knex';
import type { Narrow, Sql } from './sql.ts';
import { columnName, fromDatabase, type Table } from './table.ts';

/** How many rows have which value in a column, of those that `narrow` leaves. */
export async function counted<Row>(
  sql: Sql,
  from: Table<Row>,
  by: keyof Row & string,
  narrow: Narrow,
): Promise<Record<string, number>> {
  const column = columnName(by);
  const rows = await sql.ask<{ readonly value: unknown; readonly number: unknown }>((knex: Knex) =>
    narrow(knex(from.name).select({ value: column }).count({ number: '*' }).groupBy(column)),
  );
  return Object.fromEntries(
    rows.map(({ value, number }) => [String(fromDatabase('key', value)), Number(number)]),
  );
}
