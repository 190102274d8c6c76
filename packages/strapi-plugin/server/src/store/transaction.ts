import { randomUUID } from 'node:crypto';
import { StoreConflict, type TransactionOptions } from '@seek-pass-kit/flows';
import type { Knex } from 'knex';
import type { Dialect } from './dialects/dialect.ts';
import { type Patience, withPatience } from './patience.ts';
import { sharedCommits } from './shared-commit.ts';
import { type Run, Sql } from './sql.ts';
import { table } from './table.ts';

/** Where transactions run. */
interface TransactionPlace {
  readonly knex: Knex;
  readonly dialect: Dialect;
  readonly patience: Patience;
}

/** Makes the error of a change that does not fit what is stored. Whatever `work` makes of it, everything is undone. */
export type MakeConflict = () => StoreConflict;

interface ReceiptRow {
  readonly id: string;
  readonly at: number;
}

const receipts = table<ReceiptRow>('receipts', { id: 'key', at: 'time' });

/** How long a receipt is kept: longer than anybody waits for a lost answer. */
const receiptLifeMs = 24 * 3_600_000;

/** Runs `work` in a transaction and stores what it does exactly once, whatever happens to connections meanwhile. */
export function runTransaction<T>(
  { knex, dialect, patience }: TransactionPlace,
  work: (sql: Sql, conflict: MakeConflict) => Promise<T>,
  { lockWaitMs }: TransactionOptions = {},
): Promise<T> {
  const receipt = { id: randomUUID(), at: patience.clock.now() };
  /** Of an attempt whose COMMIT was not answered. */
  let unanswered: { readonly result: T } | undefined;
  const attempt = async (place: Knex): Promise<T> => {
    const open = await OpenTransaction.begin(place, dialect, lockWaitMs);
    const sql = new Sql(open.run, dialect);
    let result: T;
    try {
      // Waits for a former attempt that the server is still busy with. The receipt can be there once only.
      if (unanswered !== undefined) await sql.insert(receipts, [receipt]);
    } catch (error) {
      await open.rollback();
      if (unanswered !== undefined && StoreConflict.is(error)) return unanswered.result;
      throw error;
    }
    try {
      result = await work(sql, open.conflict);
      // The one connection of SQLite is in this process: its answer is never lost.
      if (unanswered === undefined && !dialect.oneConnection) await sql.insert(receipts, [receipt]);
    } catch (error) {
      await open.rollback();
      throw open.failure ?? error;
    }
    try {
      await open.commit();
      return result;
    } catch (error) {
      if (dialect.faultOf(error) === 'connection') unanswered = { result };
      throw error;
    }
  };
  const now = () => patience.clock.now();
  return withPatience(patience, dialect, () =>
    dialect.oneConnection ? sharedCommits(knex).run(attempt, now) : attempt(knex),
  );
}

/** Removes the receipts that nobody asks for any more. */
export async function sweepReceipts(sql: Sql, now: number): Promise<void> {
  await sql.remove(receipts, (query) => query.where('at', '<=', now - receiptLifeMs));
}

/** One connection with an open transaction, and the first thing that went wrong in it. */
class OpenTransaction {
  readonly #transaction: Knex.Transaction;
  readonly #dialect: Dialect;
  readonly #giveBack: (() => Promise<void>) | undefined;
  readonly #waitsForLocks: boolean;
  /** The end of the statement before. */
  #last: Promise<unknown> = Promise.resolve();
  /** Whatever `work` makes of it: after it everything is undone. */
  failure: unknown;

  private constructor(
    transaction: Knex.Transaction,
    dialect: Dialect,
    waitsForLocks: boolean,
    giveBack: (() => Promise<void>) | undefined,
  ) {
    this.#transaction = transaction;
    this.#dialect = dialect;
    this.#waitsForLocks = waitsForLocks;
    this.#giveBack = giveBack;
  }

  static async begin(knex: Knex, dialect: Dialect, lockWaitMs?: number): Promise<OpenTransaction> {
    const { isolation } = dialect;
    const transaction = await (knex.isTransaction === true
      ? savepointIn(knex)
      : knex.transaction(isolation === undefined ? {} : { isolationLevel: isolation }));
    // Knex gives a transaction also when the connection broke at its BEGIN, and tells so by this promise.
    if (transaction.isCompleted()) await transaction.executionPromise;
    try {
      const giveBack = await dialect.prepare(transaction, lockWaitMs);
      return new OpenTransaction(transaction, dialect, lockWaitMs === undefined, giveBack);
    } catch (error) {
      await end(transaction, 'rollback');
      throw error;
    }
  }

  /** One statement after another. After one that failed none is carried out. */
  readonly run: Run = (ask) => {
    const turn = this.#last.then(async () => {
      if (this.failure !== undefined) throw this.failure;
      try {
        if (this.#dialect.oneConnection) await nextTurn();
        return await ask(this.#transaction);
      } catch (error) {
        this.failure = this.#judged(error);
        throw this.failure;
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  };

  readonly conflict = (): StoreConflict => {
    const made = conflict();
    this.failure ??= made;
    return made;
  };

  /** @throws what went wrong before, when `work` kept silent about it. */
  async commit(): Promise<void> {
    await this.#last;
    if (this.failure !== undefined) {
      await this.rollback();
      throw this.failure;
    }
    await this.#giveBack?.();
    await end(this.#transaction, 'commit');
  }

  async rollback(): Promise<void> {
    await this.#last;
    // A connection that cannot even do that is broken, and the server undoes its transaction.
    await this.#giveBack?.().catch(() => undefined);
    await end(this.#transaction, 'rollback').catch(() => undefined);
  }

  #judged(error: unknown): unknown {
    const fault = this.#dialect.faultOf(error);
    const isConflict = fault === 'conflict' || (fault === 'lock-wait' && !this.#waitsForLocks);
    return isConflict ? conflict(error) : error;
  }
}

/** SQLite answers at once and in this process: without a pause a long transaction would let nothing else of Strapi happen. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Knex gives a nested transaction to a callback only. */
function savepointIn(shared: Knex): Promise<Knex.Transaction> {
  return new Promise((resolve, reject) => {
    shared.transaction((transaction) => resolve(transaction)).catch(reject);
  });
}

/** Ends a transaction. Knex tells of an error of this last statement by another promise than the one it returns. */
async function end(transaction: Knex.Transaction, how: 'commit' | 'rollback'): Promise<void> {
  await transaction[how]();
  await transaction.executionPromise;
}

function conflict(cause?: unknown): StoreConflict {
  return new StoreConflict('The row exists already, is gone, or was changed meanwhile. Read it again.', {
    cause,
  });
}
