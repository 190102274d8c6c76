import type { Core } from '@strapi/types';
import { serviceOf } from '../plugin-services.ts';
import { dialectOf } from '../store/dialects/dialect-of.ts';
import { match, Sql } from '../store/sql.ts';
import { columnsOf } from '../store/table.ts';
import { type EntryAwardRow, entryAwardTable } from './entry-award-table.ts';

const key = ['issuer', 'keyHash'] as const;

/** As many rows as go into one statement on every database. */
const mostRows = 500;

/** Those of the issuer that the site is connected as. */
export function entryAwardRows(strapi: Core.Strapi): EntryAwardRows {
  const { issuer } = serviceOf(strapi, 'connection').required();
  const sql = new Sql(async (ask) => ask(strapi.db.connection), dialectOf(strapi.db.dialect.client));
  return new EntryAwardRows(sql, issuer);
}

/** The rows that say from which entry awards come. */
export class EntryAwardRows {
  readonly #sql: Sql;
  readonly #issuer: string;

  constructor(sql: Sql, issuer: string) {
    this.#sql = sql;
    this.#issuer = issuer;
  }

  /** Stores those that do not exist yet. */
  async add(rows: ReadonlyArray<Omit<EntryAwardRow, 'issuer'>>): Promise<void> {
    await this.#sql.insertMissing(entryAwardTable, this.#own(rows), key);
  }

  /** Stores them, in the place of those that exist. No key may come twice. */
  async put(rows: ReadonlyArray<Omit<EntryAwardRow, 'issuer'>>): Promise<void> {
    const own = this.#own(rows).map((row) => columnsOf(entryAwardTable, row));
    for (let from = 0; from < own.length; from += mostRows) {
      const part = own.slice(from, from + mostRows);
      await this.#sql.ask((knex) =>
        knex(entryAwardTable.name).insert(part).onConflict(['issuer', 'key_hash']).merge(),
      );
    }
  }

  /** Those of entries of one content type in one language. */
  async ofEntries(
    contentType: string,
    documentIds: readonly string[],
    locale: string,
  ): Promise<EntryAwardRow[]> {
    if (documentIds.length === 0) return [];
    return this.#sql.select(entryAwardTable, (query) =>
      match(entryAwardTable, { issuer: this.#issuer, contentType, locale })(query).whereIn('document_id', [
        ...documentIds,
      ]),
    );
  }

  #own(rows: ReadonlyArray<Omit<EntryAwardRow, 'issuer'>>): EntryAwardRow[] {
    return rows.map((row) => ({ issuer: this.#issuer, ...row }));
  }
}
