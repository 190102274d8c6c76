import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { afterAll, beforeAll, describe } from 'vitest';
import { newIssuer } from '../conformance/sample-rows.ts';
import { anyChangeIsDetected, type ChangeableTrail, type TrailCell, type TrailValue } from './any-change.ts';
import { openTrailGround, type TrailGround } from './trail-ground.ts';

const skip = await postgresMissing();
const tables = ['history', 'audit', 'stop_record', 'audit_links'];

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

  const typeOf = ({ table, name }: Pick<TrailCell, 'table' | 'name'>) =>
    columns.find((column) => column.table === table && column.name === name)?.type ?? '';
  const rowOf = ({ table, key }: TrailCell) => `${keyOf(table)} = ${key} AND issuer = '${issuer}'`;

  const trail = (): ChangeableTrail => ({
    columns,
    async keysOf(table) {
      const { rows } = await ground.pool.query<{ key: number }>(
        `SELECT ${keyOf(table)}::float8 AS key FROM ${ground.schema}.${table} WHERE issuer = $1 ORDER BY 1`,
        [issuer],
      );
      return rows.map(({ key }) => key);
    },
    async valueOf(cell) {
      const cast = { bigint: '::float8', ARRAY: '::float8[]' }[typeOf(cell)] ?? '';
      const { rows } = await ground.pool.query<{ value: TrailValue }>(
        `SELECT ${cell.name}${cast} AS value FROM ${ground.schema}.${cell.table} WHERE ${rowOf(cell)}`,
      );
      return rows[0]?.value ?? null;
    },
    async change(cell, value) {
      const { table, name, key } = cell;
      const { rows } = await ground.pool.query<{ row: string }>(
        `SELECT row_to_json(stored)::text AS row FROM ${ground.schema}.${table} AS stored WHERE ${rowOf(cell)}`,
      );
      const former = rows[0]?.row.replaceAll("'", "''") ?? '';
      const changed = `${literal(value)}::${typeOf(cell) === 'ARRAY' ? 'bigint[]' : typeOf(cell)}`;
      try {
        await ground.tamper(`UPDATE ${table} SET ${name} = ${changed} WHERE ${rowOf(cell)}`);
      } catch {
        return undefined;
      }
      const place = `${keyOf(table)} = ${name === keyOf(table) ? changed : key}`;
      return () =>
        ground.tamper(
          `DELETE FROM ${table} WHERE ${place} AND issuer = ${name === 'issuer' ? changed : `'${issuer}'`}`,
          `INSERT INTO ${table} SELECT * FROM json_populate_record(null::${table}, '${former}')`,
        );
    },
    verify: () => ground.verify(issuer),
  });
  anyChangeIsDetected(
    { name: 'Any change of any one value in any table of the audit trail is detected', columns: 29 },
    trail,
  );
});

function keyOf(table: string): string {
  return table === 'audit_links' ? 'number' : 'position';
}

function literal(value: TrailValue): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'`;
  return `'${(Array.isArray(value) ? `{${value.join()}}` : String(value)).replaceAll("'", "''")}'`;
}
