/** What this store needs of a pool of `pg`: any `Pool` of it fits. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
  end(): Promise<void>;
}

/** What this store needs of a connection of `pg`. */
export interface PostgresClient {
  /** Whether it takes a statement before the one before is answered. */
  readonly pipeline?: boolean;
  query(query: PostgresQuery): Promise<PostgresResult>;
  release(destroy?: boolean): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface PostgresQuery {
  readonly text: string;
  readonly values?: unknown[];
}

export interface PostgresResult {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: unknown[];
}

const listening = new WeakSet<PostgresClient>();

/**
 * A connection from the pool. A broken one tells so by an event that ends the process when nobody listens, also after it
 * was given back; the next statement on it fails as well, which is where the store learns of it.
 */
export async function takeConnection(pool: PostgresPool): Promise<PostgresClient> {
  const client = await pool.connect();
  if (!listening.has(client)) client.on('error', () => undefined);
  listening.add(client);
  return client;
}

/** What a statement gave: the rows that it selects, and how many it touched. */
export interface Selected<Row> {
  readonly rows: Row[];
  readonly count: number;
}

/** Runs one statement. `Row` is what it selects, under the names that it gives. */
export type Run = <Row>(text: string, values?: readonly unknown[]) => Promise<Selected<Row>>;

/** Runs one statement on a connection. The statement says what its rows are, so the caller names their shape. */
export async function runOn<Row>(
  client: PostgresClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<Selected<Row>> {
  const { rows, rowCount } = await client.query({ text, values: [...values] });
  return { rows: rows as Row[], count: rowCount ?? 0 };
}
