import { gather, type Gathering } from '@seek-pass-kit/flows/store';
import { partsOf } from './parts-of.ts';
import { type Narrow, match, type Sql } from './sql.ts';
import { columnName, type Table, toDatabase } from './table.ts';

/** How rows are looked up: by their issuer and one more column. */
export interface LookUp<Row> {
  readonly table: Table<Row>;
  readonly by: keyof Row & string;
  /** Orders the rows, or locks them. */
  readonly narrow?: Narrow;
}

/** How look-ups of several callers gather; see {@link Gathering}. */
export type LookUpGathering = Pick<Gathering<never, never>, 'inTurn' | 'most'>;

/** Finds rows by their issuer and a key; what is asked for at the same time becomes one statement. */
export function lookUp<Row extends { readonly issuer: string }>(
  sql: Sql,
  wanted: LookUp<Row>,
  gathering: LookUpGathering = {},
): (issuer: string, key: string | Uint8Array) => Promise<Row[]> {
  const asking = gather<readonly [issuer: string, key: string | Uint8Array], Row[]>({
    ...gathering,
    async together(asked) {
      const found = new Map<string, Row[]>();
      for (const issuer of [...new Set(asked.map(([name]) => name))].sort()) {
        const keys = asked.filter(([name]) => name === issuer).map(([, key]) => key);
        for (const row of await rowsByKeys(sql, wanted, issuer, keys)) {
          const name = nameOf(issuer, row[wanted.by]);
          found.set(name, [...(found.get(name) ?? []), row]);
        }
      }
      return asked.map(([issuer, key]) => found.get(nameOf(issuer, key)) ?? []);
    },
  });
  return (issuer, key) => asking([issuer, key]);
}

/** The rows of an issuer with one of many keys. */
export async function rowsByKeys<Row extends { readonly issuer: string }>(
  sql: Sql,
  { table, by, narrow = (query) => query }: LookUp<Row>,
  issuer: string,
  keys: ReadonlyArray<string | Uint8Array>,
): Promise<Row[]> {
  // In one order for all, so that no two transactions that lock rows wait for each other.
  const named = [...new Map(keys.map((key) => [nameOf('', key), key]))].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const values = named.map(([, key]) => toDatabase(table.columns[by], key));
  const rows: Row[] = [];
  for (const part of partsOf(values)) {
    const ofIssuer = match(table, { issuer } as Partial<Row>);
    rows.push(
      ...(await sql.select(table, (query) =>
        narrow(ofIssuer(query).whereIn(columnName(by), part as string[])),
      )),
    );
  }
  return rows;
}

function nameOf(issuer: string, key: unknown): string {
  return `${issuer}\0${key instanceof Uint8Array ? Buffer.from(key).toString('hex') : String(key)}`;
}
