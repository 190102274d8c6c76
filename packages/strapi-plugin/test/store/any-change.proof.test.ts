import { afterAll, beforeAll, describe } from 'vitest';
import {
  anyChangeIsDetected,
  type ChangeableTrail,
  type TrailCell,
  type TrailValue,
} from '../../../flows/test/audit/any-change.ts';
import { newIssuer } from '../../../flows/test/conformance/sample-rows.ts';
import { type SiteDatabase, sqlite } from './site-databases.ts';
import { openStrapiTrail, type StrapiTrail, trailTableNames } from './strapi-trail.ts';

describe('security rule 18', () => {
  const issuer = newIssuer();
  let database: SiteDatabase;
  let ground: StrapiTrail;
  let columns: Pick<TrailCell, 'table' | 'name'>[] = [];
  beforeAll(async () => {
    database = await sqlite.open();
    ground = await openStrapiTrail(database);
    for (let at = 0; at < 3; at += 1) {
      await ground.write(issuer, 3);
      await ground.seal(issuer);
    }
    await ground.unguard();
    for (const table of trailTableNames) {
      const found = Object.keys(await ground.knex(table).columnInfo());
      // Whether a link covers a line the links say; this flag only finds those that wait for one.
      columns.push(...found.filter((name) => name !== 'sealed').map((name) => ({ table, name })));
    }
  });
  afterAll(() => database.close());

  const trail = (): ChangeableTrail => ({
    columns,
    async keysOf(table) {
      const rows: unknown[] = await ground
        .knex(table)
        .where({ issuer })
        .orderBy(keyOf(table))
        .pluck(keyOf(table));
      return rows.map(Number);
    },
    async valueOf({ table, name, key }) {
      const [value] = await ground
        .knex(table)
        .where({ issuer, [keyOf(table)]: key })
        .pluck(name);
      // SQLite keeps what is true as 1, and takes every other number for true as well.
      if (name === 'stopped') return value === 1;
      return name === 'ranges' ? JSON.parse(value) : value;
    },
    async change({ table, name, key }, value) {
      const place = { issuer, [keyOf(table)]: key };
      const [former] = await ground.knex(table).where(place);
      const changed = inDatabase(value);
      try {
        await ground
          .knex(table)
          .where(place)
          .update({ [name]: changed });
      } catch {
        return undefined;
      }
      return async () => {
        await ground
          .knex(table)
          .where({ ...place, [name]: changed })
          .delete();
        await ground.knex(table).insert(former);
      };
    },
    verify: () => ground.verify(issuer),
  });
  anyChangeIsDetected(
    { name: "Any change of any one value of the audit trail in Strapi's database is detected", columns: 29 },
    trail,
  );
});

function keyOf(table: string): string {
  return table.endsWith('audit_links') ? 'number' : 'position';
}

function inDatabase(value: TrailValue) {
  if (Array.isArray(value)) return JSON.stringify(value);
  return value instanceof Uint8Array ? Buffer.from(value) : typeof value === 'bigint' ? Number(value) : value;
}
