import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { binaryArray, type ColumnType } from '../../src/postgres/binary-array.ts';
import { openTestDatabase, postgresMissing, type TestDatabase } from '@seek-pass-kit/prove/postgres';

const skip = await postgresMissing();

describe.skipIf(skip)('an array in binary', () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await openTestDatabase();
    client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await database.close();
  });

  /** As the server understands it, in its own words. */
  const understood = async (type: ColumnType, values: readonly unknown[]) => {
    const text = `SELECT array_agg(value::text ORDER BY place) AS found FROM unnest($1::${type}[]) WITH ORDINALITY AS t (value, place)`;
    const { rows } = await client.query<{ found: unknown }>(text, [binaryArray(type, values)]);
    return rows[0]?.found;
  };

  it.each<[ColumnType, unknown[], unknown[]]>([
    [
      'text',
      ['', 'NULL', 'a "quoted" \\ {word}, ไทย 繁', null],
      ['', 'NULL', 'a "quoted" \\ {word}, ไทย 繁', null],
    ],
    ['bytea', [Uint8Array.of(), Uint8Array.of(0, 255, 92), null], ['\\x', '\\x00ff5c', null]],
    ['bigint', [0, -1, Number.MAX_SAFE_INTEGER, null], ['0', '-1', '9007199254740991', null]],
    ['integer', [0, -1, 2 ** 31 - 1], ['0', '-1', '2147483647']],
    ['boolean', [true, false, null], ['true', 'false', null]],
    ['jsonb', ['{"why":"\u2028"}', '[]', 'null'], ['{"why": "\u2028"}', '[]', 'null']],
    ['uuid', ['00112233-4455-8677-8899-aabbccddeeff'], ['00112233-4455-8677-8899-aabbccddeeff']],
  ])('of %s is read as it was written', async (type, values, expected) => {
    expect(await understood(type, values)).toEqual(expected);
  });

  it('of uuid refuses what is none, before anything is sent', () => {
    for (const wrong of ['', 'not a uuid', '00112233-4455-8677-8899-aabbccddee']) {
      expect(() => binaryArray('uuid', [wrong])).toThrow(RangeError);
    }
  });

  it('may be empty', async () => {
    expect(await understood('bytea', [])).toBeNull();
  });
});
