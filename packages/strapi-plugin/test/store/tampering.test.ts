import { auditHead } from '@seek-pass-kit/flows';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newIssuer, start } from '../../../flows/test/conformance/sample-rows.ts';
import { mariadb, postgres, type SiteDatabase, sqlite } from './site-databases.ts';
import { openStrapiTrail, type StrapiTrail, trailTableNames } from './strapi-trail.ts';

const tableOf = {
  award: 'seek_pass_history',
  audit: 'seek_pass_audit',
  stop: 'seek_pass_stop_record',
} as const;
const links = 'seek_pass_audit_links';

describe.each([sqlite, postgres, mariadb])('the audit trail in $name', (databaseKind) => {
  describe.skipIf(databaseKind.missing)(
    'security rule 18: somebody who may do everything in the database',
    () => {
      let database: SiteDatabase;
      let ground: StrapiTrail;
      beforeAll(async () => {
        database = await databaseKind.open();
        ground = await openStrapiTrail(database);
      }, 60_000);
      afterAll(() => database.close());

      /** An issuer with three links for each source, of two lines each. */
      const trail = async () => {
        const issuer = newIssuer();
        for (let at = 0; at < 3; at += 1) {
          await ground.write(issuer, 2);
          await ground.seal(issuer);
        }
        expect(await ground.verify(issuer)).toMatchObject({ intact: true, links: 9, lines: 18 });
        return issuer;
      };
      const positionsOf = async (issuer: string, source: keyof typeof tableOf) =>
        (await ground.store.read.trail({ issuer, source, after: 0, limit: 99 })).map(
          ({ position }) => position,
        );
      const problemsOf = async (issuer: string) => (await ground.verify(issuer)).problems;
      const forged = (issuer: string, sealed: boolean) => ({
        issuer,
        award_id: 'a1',
        at: start,
        who: 'strapi:1',
        what: 'withdrawn',
        sealed,
      });

      test.each(['award', 'audit', 'stop'] as const)(
        'security rule 18: a deleted row is detected, and named: source "%s"',
        async (source) => {
          const issuer = await trail();
          const position = (await positionsOf(issuer, source))[3];
          await ground.tamper((knex) => knex(tableOf[source]).where({ position }).delete());
          expect(await problemsOf(issuer)).toEqual([
            { kind: 'line_missing', link: expect.any(Number), source, position },
          ]);
        },
      );

      test('cannot change a line', async () => {
        const issuer = await trail();
        const [position] = await positionsOf(issuer, 'award');
        await ground.tamper((knex) => knex(tableOf.award).where({ position }).update({ who: 'strapi:999' }));
        expect(await problemsOf(issuer)).toEqual([
          { kind: 'line_changed', link: 2, source: 'award', position },
        ]);
      });

      test('cannot insert a line that hangs on no link', async () => {
        const issuer = await trail();
        await ground.knex(tableOf.award).insert(forged(issuer, true));
        const position = (await positionsOf(issuer, 'award')).at(-1);
        expect(await problemsOf(issuer)).toEqual([{ kind: 'line_unchained', source: 'award', position }]);
      });

      test.each([0, -1])('cannot hide such a line behind a link %d, which nobody follows', async (number) => {
        const issuer = await trail();
        await ground.knex(tableOf.award).insert(forged(issuer, true));
        const position = (await positionsOf(issuer, 'award')).at(-1) ?? 0;
        const [ninth] = await ground.knex(links).where({ issuer, number: 9 });
        await ground
          .knex(links)
          .insert({ ...ninth, number, source: 'award', ranges: JSON.stringify([position, position]) });
        expect(await problemsOf(issuer)).toEqual([{ kind: 'line_unchained', source: 'award', position }]);
      });

      test.each(['[1,9007199254740991]', '[]', '[1', '{}', '["1",2]', '[null,1]'])(
        'cannot change what a link covers, nor keep the rest from being checked: %s',
        async (ranges) => {
          const issuer = await trail();
          await ground.tamper((knex) => knex(links).where({ issuer, number: 5 }).update({ ranges }));
          const [first, ...others] = await problemsOf(issuer);
          expect(first).toEqual({ kind: 'link_changed', link: 5 });
          expect(others.every(({ kind }) => kind === 'line_unchained')).toBe(true);
        },
      );

      test('cannot cut the end off when a head was kept elsewhere', async () => {
        const issuer = await trail();
        const head = await auditHead(ground.contextOf(issuer));
        if (head === undefined) throw new Error('There is a head.');
        const [last] = await ground.store.read.auditLinks(issuer, 8, 1);
        const [from = 0, to = 0] = last?.ranges ?? [];
        await ground.tamper(async (knex) => {
          await knex(links).where({ issuer, number: 9 }).delete();
          await knex(tableOf.stop).where({ issuer }).whereBetween('position', [from, to]).delete();
        });
        expect((await ground.verify(issuer)).intact).toBe(true);
        expect((await ground.verify(issuer, { heads: [head] })).problems).toEqual([
          { kind: 'head_missing', head },
        ]);
      });

      test('cannot have a line covered a second time to make a change of it good', async () => {
        const issuer = await trail();
        const [position] = await positionsOf(issuer, 'award');
        await ground.tamper((knex) =>
          knex(tableOf.award).where({ position }).update({ who: 'strapi:999', sealed: false }),
        );
        await ground.seal(issuer);
        expect(await problemsOf(issuer)).toEqual([
          { kind: 'line_changed', link: 2, source: 'award', position },
        ]);
      });

      test.each(trailTableNames)(
        'is refused by the database when they change or delete rows of %s',
        async (table) => {
          const issuer = await trail();
          const { knex } = ground;
          const change = table === links ? { sealed_at: 1 } : { who: 'strapi:999' };
          const attempts = [
            knex(table).where({ issuer }).update(change),
            knex(table).where({ issuer }).delete(),
            ...(table === links ? [] : [knex(table).where({ issuer }).update({ sealed: false })]),
          ];
          for (const attempt of attempts) await expect(attempt).rejects.toThrow(/never changed or deleted/);
          expect(await problemsOf(issuer)).toEqual([]);
        },
      );
    },
  );
});
