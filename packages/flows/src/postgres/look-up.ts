import { gather, type Gathering } from '../store/gather.ts';
import { binaryArray } from './binary-array.ts';
import type { Run } from './sql.ts';
import { columnName, selectList, type Table } from './table.ts';

/** A value of a key. */
type KeyPart = string | Uint8Array;

/** How rows are looked up. */
export interface LookUp<Row> {
  readonly table: Table<Row>;
  /** The columns of the key. */
  readonly by: ReadonlyArray<keyof Row & string>;
  /** `ORDER BY …`, of the rows of one key. */
  readonly order?: string;
  /** `FOR NO KEY UPDATE`: locks the rows, in the order of their keys. */
  readonly lock?: string;
}

/** How look-ups gather. */
export interface LookUpGathering extends Pick<Gathering<never, never>, 'inTurn' | 'most'> {
  /** Whether each may be tried by itself after one that failed: never in a transaction, which is over then. */
  readonly again?: boolean;
}

/**
 * Finds rows by a key; look-ups of several callers become one statement. It looks each key up by itself: asked for all at once,
 * a server without fresh statistics reads the whole table.
 */
export function lookUp<Row>(
  run: Run,
  schema: string,
  { table, by, order = '', lock = '' }: LookUp<Row>,
  { again = false, ...gathering }: LookUpGathering,
): (...key: readonly KeyPart[]) => Promise<Row[]> {
  const types = by.map((member) => table.columns[member]);
  const names = by.map(columnName);
  const text = `SELECT found.* FROM unnest(${types.map((type, at) => `$${at + 1}::${type}[]`).join(', ')})
      AS wanted (${names.join(', ')}) CROSS JOIN LATERAL
    (SELECT ${selectList(table)} FROM ${schema}.${table.name} stored
      WHERE ${names.map((name) => `stored.${name} = wanted.${name}`).join(' AND ')} ${order} OFFSET 0 ${lock}) AS found`;
  const together = async (keys: ReadonlyArray<readonly KeyPart[]>) => {
    const asked = keys.map(nameOf);
    const wanted = [...new Map(keys.map((key, at) => [asked[at] ?? '', key]))].sort(byName);
    const values = types.map((type, at) => {
      const column = wanted.map(([, key]) => key[at]);
      return binaryArray(type, column);
    });
    const { rows } = await run<Row>(text, values);
    const found = new Map<string, Row[]>(asked.map((name) => [name, []]));
    for (const row of rows) found.get(nameOf(by.map((member) => row[member] as KeyPart)))?.push(row);
    return asked.map((name) => found.get(name) ?? []);
  };
  const alone = async (key: readonly KeyPart[]) => (await together([key]))[0] ?? [];
  const ask = gather<readonly KeyPart[], Row[]>({ ...gathering, together, ...(again ? { alone } : {}) });
  return (...key) => ask(key);
}

function nameOf(key: readonly KeyPart[]): string {
  return key.map((part) => (typeof part === 'string' ? part : Buffer.from(part).toString('hex'))).join('\0');
}

/** Everybody locks in this order, so that no two transactions wait for each other. */
function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : Number(one > other);
}
