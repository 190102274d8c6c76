import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { strapiHandoffs } from '../../server/src/claims/handoff-table.ts';
import { openStrapiStore } from '../../server/src/store/open-strapi-store.ts';
import { mariadb, postgres, type SiteDatabase, sqlite } from '../store/site-databases.ts';

const now = Date.UTC(2026, 4, 2);
const row = (expiresAt = now + 60_000) => ({
  issuer: 'production',
  idHash: new Uint8Array(randomBytes(32)),
  awardId: 'V1StGXR8_Z5jdHi6B-myTA',
  subjectHash: new Uint8Array(randomBytes(32)),
  expiresAt,
});

describe.each([sqlite, postgres, mariadb])('handoffs on $name', ({ missing, open }) => {
  describe.skipIf(missing)('of several processes', () => {
    let database: SiteDatabase;
    beforeAll(async () => {
      database = await open();
      const store = await openStrapiStore({ knex: database.openPool(), client: database.client });
      await store.close();
    }, 60_000);
    afterAll(() => database.close());

    test('are taken by one of all, as they were put', async () => {
      const processes = [1, 2, 3, 4].map(() => strapiHandoffs(database.openPool()));
      for (let round = 0; round < 10; round += 1) {
        const put = row();
        await processes[0]?.put(put);
        const all = [...processes, ...processes, ...processes];
        const taken = await Promise.all(all.map(async (one) => one.take(put.issuer, put.idHash)));
        const got = taken.filter((one) => one !== undefined);
        expect(got).toHaveLength(1);
        expect(got[0]).toMatchObject({ awardId: put.awardId, expiresAt: put.expiresAt });
        expect(Buffer.from(got[0]?.subjectHash ?? []).equals(put.subjectHash)).toBe(true);
      }
    });

    test('of another issuer are none', async () => {
      const handoffs = strapiHandoffs(database.openPool());
      const put = row();
      await handoffs.put(put);
      expect(await handoffs.take('sandbox', put.idHash)).toBeUndefined();
      expect(await handoffs.take(put.issuer, put.idHash)).toBeDefined();
    });

    test('that nobody took are gone an hour after their end', async () => {
      const handoffs = strapiHandoffs(database.openPool());
      const [old, young] = [row(now - 4_000_000), row(now)];
      await handoffs.put(old);
      await handoffs.put(young);
      await handoffs.put(row());
      expect(await handoffs.take(old.issuer, old.idHash)).toBeUndefined();
      expect(await handoffs.take(young.issuer, young.idHash)).toBeDefined();
    });
  });
});
