import { randomUUID } from 'node:crypto';
import { StoreConflict, type StoreTransaction } from '../store/ports.ts';
import { ConnectionLost, isConnectionFault, isRowConflict } from './connection-faults.ts';
import { type Patience, withPatience } from './patience.ts';
import { postgresChanges } from './postgres-changes.ts';
import { type PostgresClient, type PostgresPool, type Run, runOn, takeConnection } from './sql.ts';

/**
 * How long a transaction may stand idle before the server ends it: a process that was stopped in the middle keeps an
 * award locked no longer than this.
 */
const longestIdleMs = 30_000;

const begin = `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${longestIdleMs}`;

/** Where and how a transaction runs. */
export interface TransactionPlace {
  readonly pool: PostgresPool;
  readonly schema: string;
  readonly patience: Patience;
  /** For how long a statement waits for a lock. Default: as long as it takes. */
  readonly lockWaitMs?: number;
}

/** Runs `work` in a transaction and stores what it does exactly once, whatever happens to connections meanwhile. */
export function runTransaction<T>(
  { pool, schema, patience, lockWaitMs }: TransactionPlace,
  work: (tx: StoreTransaction) => Promise<T>,
): Promise<T> {
  const receipt = new Receipt(schema);
  /** Of an attempt whose COMMIT was not answered. */
  let unanswered: { readonly result: T } | undefined;
  return withPatience(patience, async () => {
    const open = await OpenTransaction.begin(pool, lockWaitMs);
    let result: T;
    try {
      if (unanswered !== undefined && !(await receipt.take(open.run))) {
        await open.rollback();
        return unanswered.result;
      }
      result = await work(postgresChanges(open.run, schema, open.conflict));
    } catch (error) {
      await open.rollback();
      throw open.failure ?? error;
    }
    const commit = unanswered === undefined ? `${receipt.insert}; COMMIT` : 'COMMIT';
    if ((await open.commit(commit)) === 'committed') return result;
    unanswered = { result };
    throw new ConnectionLost('The COMMIT was not answered.');
  });
}

/**
 * What a transaction leaves behind, so that after a COMMIT without an answer the next attempt knows whether that one was stored. The
 * row of the receipt can be there once only: an attempt that is still on its way to the server can never be stored beside this one.
 */
class Receipt {
  /** Goes with the COMMIT, so that it costs no way to the server of its own. */
  readonly insert: string;

  constructor(schema: string) {
    this.insert = `INSERT INTO ${schema}.receipts (id) VALUES ('${randomUUID()}')`;
  }

  /** Waits for a former attempt that the server is still busy with. `false`: that one was stored. */
  async take(run: Run): Promise<boolean> {
    return (await run(`${this.insert} ON CONFLICT DO NOTHING`)).count === 1;
  }
}

/** One connection with an open transaction, and the first thing that went wrong in it. */
class OpenTransaction {
  readonly #client: PostgresClient;
  /** The end of the statement before. */
  #last: Promise<unknown> = Promise.resolve();
  /** Whatever `work` makes of it: after it the database undoes everything. */
  failure: unknown;

  private constructor(client: PostgresClient) {
    this.#client = client;
  }

  static async begin(pool: PostgresPool, lockWaitMs = 0): Promise<OpenTransaction> {
    const client = await takeConnection(pool);
    try {
      // 0 is what PostgreSQL calls no limit.
      await client.query({
        text: lockWaitMs === 0 ? begin : `${begin}; SET LOCAL lock_timeout = ${lockWaitMs}`,
      });
      return new OpenTransaction(client);
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  readonly run: Run = async (text, values) => {
    try {
      return await this.#inTurn(() => runOn(this.#client, text, values));
    } catch (error) {
      const failure = isRowConflict(error) ? conflict(error) : error;
      this.failure ??= failure;
      throw failure;
    }
  };

  /** A pool of the host may take one statement at a time. */
  #inTurn<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#client.pipeline === true) return ask();
    const turn = this.#last.then(ask);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  readonly conflict = (): StoreConflict => {
    const failure = conflict();
    this.failure ??= failure;
    return failure;
  };

  /** @throws what went wrong before, when `work` kept silent about it. */
  async commit(statements: string): Promise<'committed' | 'unknown'> {
    if (this.failure !== undefined) {
      await this.rollback();
      throw this.failure;
    }
    try {
      await this.#client.query({ text: statements });
      this.#client.release();
      return 'committed';
    } catch (error) {
      this.#client.release(true);
      if (isConnectionFault(error)) return 'unknown';
      throw error;
    }
  }

  async rollback(): Promise<void> {
    // A connection that cannot even roll back is closed, and the server undoes the transaction.
    const undone = await runOn(this.#client, 'ROLLBACK').then(
      () => true,
      () => false,
    );
    this.#client.release(!undone);
  }
}

function conflict(cause?: unknown): StoreConflict {
  return new StoreConflict('The row exists already, is gone, or was changed meanwhile. Read it again.', {
    cause,
  });
}
