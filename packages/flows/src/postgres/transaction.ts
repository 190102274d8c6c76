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

/** The number of the transaction is asked for at its begin: with it, a lost answer to COMMIT can be asked for later. */
const begin = `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${longestIdleMs}; SELECT pg_current_xact_id()::text AS xid`;

/** Runs `work` in a transaction and stores what it does exactly once, whatever happens to connections meanwhile. */
export function runTransaction<T>(
  pool: PostgresPool,
  schema: string,
  patience: Patience,
  work: (tx: StoreTransaction) => Promise<T>,
): Promise<T> {
  return withPatience(patience, async () => {
    const open = await OpenTransaction.begin(pool);
    let result: T;
    try {
      result = await work(postgresChanges(open.run, schema, open.conflict));
    } catch (error) {
      await open.rollback();
      throw open.failure ?? error;
    }
    if ((await open.commit()) === 'committed' || (await wasCommitted(pool, patience, open.xid)))
      return result;
    throw new ConnectionLost('The transaction was not committed.');
  });
}

/** One connection with an open transaction, and the first thing that went wrong in it. */
class OpenTransaction {
  readonly #client: PostgresClient;
  readonly xid: string;
  /** Whatever `work` makes of it: after it the database undoes everything. */
  failure: unknown;

  private constructor(client: PostgresClient, xid: string) {
    this.#client = client;
    this.xid = xid;
  }

  static async begin(pool: PostgresPool): Promise<OpenTransaction> {
    const client = await takeConnection(pool);
    try {
      const results: unknown = await client.query({ text: begin });
      return new OpenTransaction(client, xidOf(results));
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  readonly run: Run = async (text, values) => {
    try {
      return await runOn(this.#client, text, values);
    } catch (error) {
      const failure = isRowConflict(error) ? conflict(error) : error;
      this.failure ??= failure;
      throw failure;
    }
  };

  readonly conflict = (): StoreConflict => {
    const failure = conflict();
    this.failure ??= failure;
    return failure;
  };

  /** @throws what went wrong before, when `work` kept silent about it. */
  async commit(): Promise<'committed' | 'unknown'> {
    if (this.failure !== undefined) {
      await this.rollback();
      throw this.failure;
    }
    try {
      await runOn(this.#client, 'COMMIT');
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

/** Asks the server what became of a transaction whose COMMIT was not answered; waits while it is still going on. */
async function wasCommitted(pool: PostgresPool, patience: Patience, xid: string): Promise<boolean> {
  return withPatience(patience, async () => {
    const client = await takeConnection(pool);
    let broken = true;
    try {
      const { rows } = await runOn<{ status: string | null }>(
        client,
        'SELECT pg_xact_status($1::xid8) AS status',
        [xid],
      );
      broken = false;
      if (rows[0]?.status === 'in progress') throw new ConnectionLost('The server has not noticed yet.');
      return rows[0]?.status === 'committed';
    } finally {
      client.release(broken);
    }
  });
}

function xidOf(results: unknown): string {
  const last: unknown = Array.isArray(results) ? results.at(-1) : undefined;
  const { rows } = last as { rows: Array<{ xid: string }> };
  const [row] = rows;
  if (row === undefined) throw new Error('The server gave no number for a transaction.');
  return row.xid;
}

function conflict(cause?: unknown): StoreConflict {
  return new StoreConflict('The row exists already, is gone, or was changed meanwhile. Read it again.', {
    cause,
  });
}
