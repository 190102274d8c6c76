import { StoreConflict } from '@seek-pass-kit/flows';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  awardRow,
  hash,
  newIssuer,
  recipientRow,
  start,
} from '../../../flows/test/conformance/sample-rows.ts';
import { openStrapiStore } from '../../server/src/store/open-strapi-store.ts';
import { mariadb, postgres, type SiteDatabase, sqlite } from './site-databases.ts';

describe.each([sqlite, postgres, mariadb])('$name', ({ missing, open }) => {
  describe.skipIf(missing)('as a place for awards', () => {
    let database: SiteDatabase | undefined;
    const openStore = () => {
      const { client, openPool } = opened();
      return openStrapiStore({ knex: openPool(), client });
    };
    const opened = () => {
      if (database === undefined) throw new Error('The database is there once the tests run.');
      return database;
    };
    beforeAll(async () => {
      database = await open();
    }, 60_000);
    afterAll(() => database?.close());

    test('several processes that start at once make the tables together', async () => {
      const stores = await Promise.all(Array.from({ length: 4 }, openStore));
      const issuer = newIssuer();
      await stores[0]?.transaction((tx) => tx.insertRecipients([recipientRow(issuer, 'r1')]));
      expect((await stores[3]?.read.recipient(issuer, 'r1'))?.id).toBe('r1');
    });

    test('a start that was ended in the middle of making the tables is made good by the next', async () => {
      const store = await openStore();
      const issuer = newIssuer();
      await store.transaction((tx) => tx.insertRecipients([recipientRow(issuer, 'r1')]));
      const knex = opened().openPool();
      await knex('seek_pass_migrations').where({ number: 1 }).delete();
      await knex.schema.dropTable('seek_pass_turns');
      const again = await openStore();
      expect((await again.limits.turn(issuer, { everyMs: 1, slackMs: 0 }, 0)).taken).toBe(true);
      expect((await again.read.recipient(issuer, 'r1'))?.id).toBe('r1');
    });

    test('tables of a newer version refuse the start, and say what to do', async () => {
      await openStore();
      const knex = opened().openPool();
      await knex('seek_pass_migrations').insert({ number: 9_999, name: 'of the future', applied_at: 0 });
      try {
        await expect(openStore()).rejects.toThrow(/step 9999 .* Install that version/);
      } finally {
        await knex('seek_pass_migrations').where({ number: 9_999 }).delete();
      }
    });

    test('names that differ in case, in a space at the end or in an accent are different names', async () => {
      const store = await openStore();
      const name = newIssuer();
      const issuers = [name, name.toUpperCase(), `${name} `, `${name}é`, `${name}e`];
      for (const issuer of issuers)
        await store.transaction((tx) =>
          tx.insertRecipients([recipientRow(issuer, 'r1', { emailHash: hash(issuer) })]),
        );
      for (const issuer of issuers)
        expect(await store.read.recipientsByEmail(issuer, issuers.map(hash))).toMatchObject([{ issuer }]);
    });

    test('texts of any language come back as they were', async () => {
      const store = await openStore();
      const row = {
        issuer: newIssuer(),
        clientId: 'Ōtautahi 学院 🎓',
        namespaceFingerprint: '\'\\`"%_?',
        claimKeyFingerprint: '',
      };
      await store.transaction((tx) => tx.putIssuer(row, undefined));
      expect(await store.read.issuer(row.issuer)).toEqual(row);
    });

    test('large values go in together, and come back byte by byte', async () => {
      const store = await openStore();
      const issuer = newIssuer();
      const bytes = (at: number) => Buffer.alloc(2_000_000, at);
      await store.transaction(async (tx) => {
        await tx.insertRecipients([recipientRow(issuer, 'r1')]);
        await tx.insertAwards(
          Array.from({ length: 8 }, (_, at) =>
            awardRow(issuer, `a${at}`, 'r1', { sealedCredential: bytes(at) }),
          ),
        );
      });
      const award = await store.read.award(issuer, 'a7');
      expect(bytes(7).equals(award?.sealedCredential ?? new Uint8Array())).toBe(true);
    });

    test('counters have names of any length', async () => {
      const store = await openStore();
      const key = `${newIssuer()} ${'https://example.edu/'.repeat(50)}`;
      expect(await store.limits.take(`${key}a`, 1, 1_000, start)).toEqual({ allowed: true, used: 1 });
      expect(await store.limits.take(`${key}b`, 1, 1_000, start)).toEqual({ allowed: true, used: 1 });
      expect(await store.limits.take(`${key}a`, 1, 1_000, start)).toEqual({ allowed: false, used: 1 });
    });

    test('what a change asks for one after another, without waiting, is done in that order', async () => {
      const store = await openStore();
      const issuer = newIssuer();
      await store.transaction((tx) =>
        Promise.all([
          tx.insertRecipients([recipientRow(issuer, 'r1')]),
          tx.insertAwards([awardRow(issuer, 'a1', 'r1')]),
          tx.updateAward(awardRow(issuer, 'a1', 'r1', { generation: 5 })),
        ]),
      );
      expect((await store.read.award(issuer, 'a1'))?.generation).toBe(5);
    });

    test('a change with little patience for a lock is refused, and the next one has its own patience', async (context) => {
      const { client, openPool } = opened();
      if (client === 'sqlite')
        return context.skip('changes are made one after another, and nothing is locked');
      const store = await openStore();
      // One connection, so that what a change leaves behind on it meets the next.
      const knex = openPool();
      const other = await openStrapiStore({ knex, client });
      const issuer = newIssuer();
      await store.transaction(async (tx) => {
        await tx.insertRecipients([recipientRow(issuer, 'r1')]);
        await tx.insertAwards([awardRow(issuer, 'a1', 'r1')]);
      });
      let patient: Promise<unknown> | undefined;
      await store.transaction(async (tx) => {
        await tx.lockAward(issuer, 'a1');
        const impatient = other.transaction((also) => also.lockAward(issuer, 'a1'), { lockWaitMs: 50 });
        await expect(impatient).rejects.toSatisfy((error) => StoreConflict.is(error));
        patient = other.transaction((also) => also.lockAward(issuer, 'a1'));
        // Longer than the other was ready to wait.
        await new Promise((resolve) => {
          setTimeout(resolve, 1_200);
        });
      });
      expect(await patient).toMatchObject({ id: 'a1' });
      return undefined;
    });
  });
});
