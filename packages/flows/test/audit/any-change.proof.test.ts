import { proof, type ProofRun } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newIssuer } from '../conformance/sample-rows.ts';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { openTrailGround, type TrailGround } from './trail-ground.ts';

const skip = await postgresMissing();
const tables = ['history', 'audit', 'stop_record', 'audit_links'] as const;

/** Other values for a column of a type, as SQL; `n` is any number from 0. */
const changes: Readonly<Record<string, readonly ((column: string, n: number) => string)[]>> = {
  text: [
    (column) => `${column} || ' '`,
    (column, n) => `overlay(${column} placing chr(${33 + (n % 90)}) from ${1 + (n % 8)} for 1)`,
    (column) => `upper(${column})`,
    () => `''`,
    () => 'null',
  ],
  bigint: [
    (column, n) => `${column} + ${n + 1_000}`,
    (column) => `${column} - 1`,
    (column, n) => `${column} # (1::bigint << ${n % 52})`,
  ],
  boolean: [(column) => `NOT ${column}`],
  bytea: [
    (column, n) =>
      `set_byte(${column}, ${n} % octet_length(${column}), get_byte(${column}, ${n} % octet_length(${column})) # 1)`,
    (column) => `substr(${column}, 2)`,
    (column) => `${column} || '\\x00'`,
    () => `''`,
    () => 'null',
  ],
  ARRAY: [
    (column, n) => `${column} || ${n}::bigint`,
    (column) => `${column}[2:]`,
    (column, n) => `array_replace(${column}, ${column}[1], ${n}::bigint)`,
  ],
};

describe.skipIf(skip)('security rule 18', () => {
  let ground: TrailGround;
  const issuer = newIssuer();
  let columns: { table: string; name: string; type: string }[] = [];
  beforeAll(async () => {
    ground = await openTrailGround();
    for (let at = 0; at < 3; at += 1) {
      await ground.write(issuer, 3);
      await ground.seal(issuer);
    }
    for (const table of ['history', 'audit', 'stop_record'])
      await ground.tamper(`ALTER TABLE ${table} ALTER COLUMN position DROP IDENTITY`);
    const { rows } = await ground.pool.query<(typeof columns)[number]>(
      `SELECT table_name AS table, column_name AS name, data_type AS type FROM information_schema.columns
        WHERE table_schema = $1 AND table_name = ANY ($2) ORDER BY 1, 2`,
      [ground.schema, tables],
    );
    columns = rows;
  }, 60_000);
  afterAll(() => ground.close());

  /** Changes one value of one row, says what the trail is worth then, and puts the row back; `undefined` when nothing changed. */
  const intactAfter = async (table: string, name: string, row: number, value: string) => {
    const { pool, schema } = ground;
    const key = table === 'audit_links' ? 'number' : 'position';
    const { rows } = await pool.query<{ id: string; row: string }>(
      `SELECT ${key} AS id, row_to_json(stored)::text AS row FROM ${schema}.${table} AS stored WHERE issuer = $1 ORDER BY 1`,
      [issuer],
    );
    const stored = rows[row % rows.length];
    if (stored === undefined) throw new Error(`There are no rows in ${table}.`);
    const back = `INSERT INTO ${table} SELECT * FROM json_populate_record(null::${table}, '${stored.row.replaceAll("'", "''")}')`;
    try {
      await ground.tamper(
        `CREATE TEMP TABLE changed (id bigint) ON COMMIT DROP`,
        `WITH changed AS (UPDATE ${table} SET ${name} = ${value}
          WHERE ${key} = ${stored.id} AND issuer = '${issuer}' AND ${name} IS DISTINCT FROM (${value}) RETURNING 1)
          INSERT INTO changed SELECT 1 FROM changed`,
        // Nothing changed: a division by zero undoes the nothing.
        `SELECT 1 / (SELECT count(*) FROM changed)`,
      );
    } catch {
      return undefined;
    }
    const { intact } = await ground.verify(issuer);
    await ground.tamper(
      `DELETE FROM ${table} WHERE ${key} = ${name === key ? `(${value.replaceAll(name, stored.id)})` : stored.id}`,
      back,
    );
    return intact;
  };

  async function tryChanges({ size, seed }: ProofRun): Promise<void> {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(99), fc.nat(9), fc.nat(1_000), async (column, row, how, n) => {
        const { table, name, type } = columns[column % columns.length] ?? { table: '', name: '', type: '' };
        const ways = changes[type];
        if (ways === undefined) throw new Error(`This proof has no other values for ${table}.${name}.`);
        const value = ways[how % ways.length]?.(name, n) ?? '';
        const intact = await intactAfter(table, name, row, value);
        fc.pre(intact !== undefined);
        tried += 1;
        expect({ change: `${table}.${name} := ${value}`, intact }).toMatchObject({ intact: false });
      }),
      { seed, numRuns: size },
    );
    expect(tried).toBe(size);
    expect((await ground.verify(issuer)).intact).toBe(true);
  }

  test('the trail of this proof is intact before and after', async () => {
    expect((await ground.verify(issuer)).intact).toBe(true);
  });

  proof(
    'Any change of any one value in any table of the audit trail is detected',
    { small: 60, full: 2_000 },
    tryChanges,
  );

  test('every column of these tables is tried', () => {
    expect(columns.length).toBeGreaterThanOrEqual(29);
    expect(new Set(columns.map(({ type }) => type)).size).toBe(5);
  });
});
