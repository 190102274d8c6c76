import type { Core } from '@strapi/types';
import type { RowResult, RunState } from '../../../contract/runs.ts';
import { match, type Sql } from '../store/sql.ts';
import { type StrapiDatabase, strapiDatabase } from '../store/strapi-database.ts';
import { columnsOf } from '../store/table.ts';
import { runRows, runs, type StoredRow, type StoredRun } from './run-tables.ts';

/** How long a worker that gives no sign of life keeps a run. */
export const leaseMs = 15_000;

/** States in which a worker has something to do. */
const working: readonly RunState[] = ['checking', 'issuing'];

/** Rows of one statement. */
const mostRows = 200;

/** Somebody else has the run, or a person cancelled it: what this worker still does must not count. */
export class RunTakenAway extends Error {
  override readonly name = 'RunTakenAway';
}

/** What a worker changes of a run with a piece of its rows. */
export type RunChanges = Partial<Omit<StoredRun, 'issuer' | 'id' | 'lease'>>;

/** The runs of one issuer in Strapi's database. */
export class RunStore {
  readonly #database: StrapiDatabase;
  readonly #sql: Sql;
  readonly #issuer: string;

  constructor(strapi: Core.Strapi, issuer: string) {
    this.#database = strapiDatabase(strapi);
    this.#sql = this.#database.sql;
    this.#issuer = issuer;
  }

  async insert(
    run: Omit<StoredRun, 'issuer'>,
    rows: ReadonlyArray<Omit<StoredRow, 'issuer'>>,
  ): Promise<void> {
    await this.#database.transaction(async (sql) => {
      await sql.insert(runs, [{ issuer: this.#issuer, ...run }]);
      await sql.insert(
        runRows,
        rows.map((row) => ({ issuer: this.#issuer, ...row })),
      );
    });
  }

  find(id: string): Promise<StoredRun | undefined> {
    return this.#sql.first(runs, match(runs, this.#named(id)));
  }

  /** Newest first. */
  list(limit: number, before: Pick<StoredRun, 'createdAt' | 'id'> | undefined): Promise<StoredRun[]> {
    return this.#sql.select(runs, (query) => {
      const own = match(runs, { issuer: this.#issuer })(query).orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ]);
      if (before !== undefined)
        own.where(
          (older) =>
            void older
              .where('created_at', '<', before.createdAt)
              .orWhere((same) => void same.where('created_at', before.createdAt).where('id', '<', before.id)),
        );
      return own.limit(limit);
    });
  }

  /** Rows in their order, after the row with this number; of those that come or came to `result` only. */
  rows(runId: string, after: number, limit: number, result?: RowResult): Promise<StoredRow[]> {
    return this.#sql.select(runRows, (query) => {
      const own = match(runRows, { issuer: this.#issuer, runId })(query).where('number', '>', after);
      if (result !== undefined)
        own.where(
          (either) =>
            void either
              .where('result', result)
              .orWhere((undecided) => void undecided.whereNull('result').where('planned', result)),
        );
      return own.orderBy('number').limit(limit);
    });
  }

  /** Rows that were refused, or that nobody has decided. */
  left(runId: string): Promise<StoredRow[]> {
    return this.#sql.select(runRows, (query) =>
      match(runRows, { issuer: this.#issuer, runId })(query)
        .where((either) => void either.where('result', 'refused').orWhereNull('result'))
        .orderBy('number'),
    );
  }

  /** Rows that are still to be issued: about so many, but all of the last person. */
  async rowsToIssue(runId: string, about: number): Promise<StoredRow[]> {
    const undecided = match(runRows, { issuer: this.#issuer, runId, result: null });
    const rows = await this.#sql.select(runRows, (query) =>
      undecided(query).orderBy(['person', 'number']).limit(about),
    );
    const last = rows.at(-1);
    if (last === undefined || rows.length < about) return rows;
    const more = await this.#sql.select(runRows, (query) =>
      undecided(query)
        .where(columnsOf(runRows, { person: last.person }))
        .where('number', '>', last.number)
        .orderBy('number')
        .limit(mostRows),
    );
    return [...rows, ...more];
  }

  /** A person's word. `false` when the run is in another state by now. */
  async change(id: string, expected: readonly RunState[], changes: RunChanges): Promise<boolean> {
    const changed = await this.#sql.update(runs, changes, (query) =>
      match(
        runs,
        this.#named(id),
      )(query)
        .whereIn('state', [...expected])
        .increment('lease', 1),
    );
    return changed > 0;
  }

  /** Gives every row that nobody has decided this result. How many there were is for the caller to know. */
  async decideRest(run: StoredRun, rows: Partial<StoredRow>, changes: RunChanges): Promise<void> {
    await this.#database.transaction(async (sql) => {
      await this.#keep(sql, run, changes);
      await sql.update(runRows, rows, (query) =>
        match(runRows, { issuer: this.#issuer, runId: run.id, result: null })(query),
      );
    });
  }

  /** The dry run decides what is not issued anyway. */
  async decidePlanned(run: StoredRun): Promise<void> {
    await this.#database.transaction(async (sql) => {
      for (const result of ['refused', 'unchanged'] as const)
        await sql.update(runRows, { result }, (query) =>
          match(runRows, { issuer: this.#issuer, runId: run.id, result: null, planned: result })(query),
        );
    });
  }

  /** Takes the run that has waited longest for a worker. */
  async claim(now: number): Promise<StoredRun | undefined> {
    const due = await this.#sql.select(runs, (query) =>
      match(runs, { issuer: this.#issuer })(query)
        .whereIn('state', [...working])
        .where('leased_until', '<=', now)
        .orderBy(['leased_until', 'created_at'])
        .limit(5),
    );
    for (const run of due) {
      const taken = { lease: run.lease + 1, leasedUntil: now + leaseMs };
      const { state, lease, leasedUntil } = run;
      const count = await this.#sql.update(
        runs,
        taken,
        match(runs, { ...this.#named(run.id), state, lease, leasedUntil }),
      );
      if (count === 1) return { ...run, ...taken };
    }
    return undefined;
  }

  /**
   * Stores a piece of work, and keeps the run for this worker.
   *
   * @throws {RunTakenAway} when it is not this worker's any more; then nothing was stored.
   */
  async write(run: StoredRun, changes: RunChanges, rows: readonly StoredRow[] = []): Promise<StoredRun> {
    await this.#database.transaction(async (sql) => {
      await this.#keep(sql, run, changes);
      await putRows(sql, rows);
    });
    return { ...run, ...changes };
  }

  /** The dry run begins anew: forgets rows that it found itself. */
  async forgetRows(run: StoredRun, changes: RunChanges): Promise<StoredRun> {
    await this.#database.transaction(async (sql) => {
      await this.#keep(sql, run, changes);
      await sql.remove(runRows, match(runRows, { issuer: this.#issuer, runId: run.id }));
    });
    return { ...run, ...changes };
  }

  /** Ends runs that nobody has confirmed since this time: what they sealed must not be kept for good. */
  async endForgotten(createdBefore: number, now: number): Promise<void> {
    await this.#sql.update(runs, { state: 'cancelled', endedAt: now, leasedUntil: 0 }, (query) =>
      match(runs, { issuer: this.#issuer, state: 'waiting' })(query).where('created_at', '<', createdBefore),
    );
  }

  /** Deletes the keys of runs that ended before this time, and what they sealed. */
  async deleteKeys(endedBefore: number): Promise<void> {
    const old = await this.#sql.selectSome(runs, ['id'], (query) =>
      match(runs, { issuer: this.#issuer })(query)
        .whereNotNull('wrapped_key')
        .where('ended_at', '<', endedBefore)
        .limit(100),
    );
    for (const { id } of old) {
      await this.#database.transaction(async (sql) => {
        await sql.update(
          runs,
          { wrappedKey: null, keyId: null, sealedSource: null },
          match(runs, this.#named(id)),
        );
        await sql.update(runRows, { sealed: null }, match(runRows, { issuer: this.#issuer, runId: id }));
      });
    }
  }

  async #keep(sql: Sql, { id, lease, state }: StoredRun, changes: RunChanges): Promise<void> {
    const count = await sql.update(runs, changes, match(runs, { ...this.#named(id), lease, state }));
    if (count !== 1) throw new RunTakenAway('Somebody else has this run now.');
  }

  #named(id: string) {
    return { issuer: this.#issuer, id };
  }
}

async function putRows(sql: Sql, rows: readonly StoredRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += mostRows) {
    const part = rows.slice(from, from + mostRows).map((row) => columnsOf(runRows, row));
    await sql.ask((knex) =>
      knex(runRows.name).insert(part).onConflict(['issuer', 'run_id', 'number']).merge(),
    );
  }
}
