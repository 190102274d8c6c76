import type { Core } from '@strapi/types';
import type { Knex } from 'knex';
import { dialectOf } from '../store/dialects/dialect-of.ts';
import { match, Sql } from '../store/sql.ts';
import { type AutomatedEntryRow, automatedEntryTable as table } from './automated-entry-table.ts';

const key = ['issuer', 'mapping', 'documentId', 'locale'] as const;

/** Names a row, and which publishing it is about. */
export type AutomatedEntryKey = Pick<AutomatedEntryRow, (typeof key)[number]>;

/** A place in the order of publishing. */
export type ApprovalPosition = Pick<AutomatedEntryRow, 'publishedAt' | 'documentId' | 'mapping'>;

/** The rows; with `trx` in that transaction. */
export function automatedEntryRows(strapi: Core.Strapi, trx?: Knex.Transaction): AutomatedEntryRows {
  const knex: Knex = trx ?? strapi.db.connection;
  return new AutomatedEntryRows(new Sql(async (ask) => ask(knex), dialectOf(strapi.db.dialect.client)));
}

/** Entries that rules are to issue, and what became of that. */
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

  /** `false` when it was published again meanwhile: then it is looked at again. */
  async settle(
    row: AutomatedEntryRow,
    outcome: Pick<AutomatedEntryRow, 'state' | 'reason' | 'decidedAt'>,
  ): Promise<boolean> {
    const { publishedAt, state } = row;
    return (await this.#sql.update(table, outcome, match(table, { ...pick(row), publishedAt, state }))) > 0;
  }

  /** Forgets an entry that needs nothing, unless it was published again meanwhile. */
  async forget(row: AutomatedEntryRow): Promise<void> {
    await this.#sql.remove(table, match(table, { ...pick(row), publishedAt: row.publishedAt }));
  }

  /** How many a rule has issued since then. */
  async issuedSince(issuer: string, mapping: string, since: number): Promise<number> {
    const [counted] = await this.#sql.ask<{ readonly number: unknown }>((knex) =>
      match(table, { issuer, mapping, state: 'issued' })(knex(table.name))
        .where('decided_at', '>=', since)
        .count({ number: '*' }),
    );
    return Number(counted?.number ?? 0);
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
}

/** The issuer of entries that were published while the plugin was not connected. */
export const unconnected = 'none';

function pick({ issuer, mapping, documentId, locale }: AutomatedEntryKey): AutomatedEntryKey {
  return { issuer, mapping, documentId, locale };
}
