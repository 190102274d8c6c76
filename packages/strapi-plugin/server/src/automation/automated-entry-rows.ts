import type { Core } from '@strapi/types';
import type { Knex } from 'knex';
import type { ApprovalReason } from '../../../contract/automation.ts';
import { dialectOf } from '../store/dialects/dialect-of.ts';
import { match, Sql } from '../store/sql.ts';
import { type AutomatedEntryRow, automatedEntryTable as table } from './automated-entry-table.ts';

const key = ['issuer', 'mapping', 'documentId', 'locale'] as const;

/** Names a row. */
export type AutomatedEntryKey = Pick<AutomatedEntryRow, (typeof key)[number]>;

/** A place in the order of publishing. */
export type ApprovalPosition = Pick<AutomatedEntryRow, 'publishedAt' | 'documentId' | 'mapping'>;

/** The rows; with `trx` in that transaction. */
export function automatedEntryRows(strapi: Core.Strapi, trx?: Knex.Transaction): AutomatedEntryRows {
  const knex: Knex = trx ?? strapi.db.connection;
  return new AutomatedEntryRows(new Sql(async (ask) => ask(knex), dialectOf(strapi.db.dialect.client)));
}

/** Entries that rules are to issue, and that wait for a person. */
export class AutomatedEntryRows {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Notes that an entry was published; what was noted of it before is forgotten. */
  async note(row: AutomatedEntryRow): Promise<void> {
    await this.#sql.put(table, row, key);
  }

  find(of: AutomatedEntryKey): Promise<AutomatedEntryRow | undefined> {
    return this.#sql.first(table, match(table, pick(of)));
  }

  /** Takes entries that nobody looks at, longest waiting first. Each goes to one process until `until`. */
  async take(issuer: string, now: number, until: number, limit: number): Promise<AutomatedEntryRow[]> {
    const found = await this.#sql.select(table, (query) =>
      match(table, { issuer, state: 'waiting' })(query)
        .where('leased_until', '<=', now)
        .orderBy('published_at')
        .limit(limit),
    );
    const taken: AutomatedEntryRow[] = [];
    for (const row of found) {
      const mine = await this.#sql.update(
        table,
        { leasedUntil: until },
        match(table, {
          ...pick(row),
          state: 'waiting',
          leasedUntil: row.leasedUntil,
          publishedAt: row.publishedAt,
        }),
      );
      if (mine > 0) taken.push({ ...row, leasedUntil: until });
    }
    return taken;
  }

  /** Leaves an entry to a person, unless it was published again meanwhile: then it is looked at again. */
  async toPerson(row: AutomatedEntryRow, reason: ApprovalReason): Promise<void> {
    await this.#sql.update(table, { state: 'approval', reason }, this.#same(row));
  }

  /** Forgets an entry that needs nothing more, unless it was published again meanwhile. */
  async forget(row: AutomatedEntryRow): Promise<void> {
    await this.#sql.remove(table, this.#same(row));
  }

  /** Forgets an entry, whatever it waits for. */
  async remove(of: AutomatedEntryKey): Promise<void> {
    await this.#sql.remove(table, match(table, pick(of)));
  }

  /** Those that wait for a person, longest first, also those of a time when the plugin was not connected. */
  approvals(issuer: string, limit: number, after?: ApprovalPosition): Promise<AutomatedEntryRow[]> {
    return this.#sql.select(table, (query) => {
      query.where('state', 'approval').whereIn('issuer', [issuer, unconnected]);
      if (after !== undefined) {
        const { publishedAt, documentId, mapping } = after;
        query.where('published_at', '>=', publishedAt).where((later) => {
          void later.where('published_at', '>', publishedAt).orWhere('document_id', '>', documentId);
          void later.orWhere((same) => {
            void same.where('document_id', documentId).where('mapping', '>', mapping);
          });
        });
      }
      return query.orderBy(['published_at', 'document_id', 'mapping']).limit(limit);
    });
  }

  #same(row: AutomatedEntryRow) {
    const { publishedAt, state } = row;
    return match(table, { ...pick(row), publishedAt, state });
  }
}

/** The issuer of entries that were published while the plugin was not connected. */
export const unconnected = 'none';

function pick({ issuer, mapping, documentId, locale }: AutomatedEntryKey): AutomatedEntryKey {
  return { issuer, mapping, documentId, locale };
}
