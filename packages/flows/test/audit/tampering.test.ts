import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditHead } from '../../src/audit/audit-head.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import { hash, historyRow, newIssuer, start } from '../conformance/sample-rows.ts';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { openTrailGround, type TrailGround } from './trail-ground.ts';

const skip = await postgresMissing();

describe.skipIf(skip)(
  'security rule 18: somebody who may do everything in the database, past its triggers',
  () => {
    let ground: TrailGround;
    beforeAll(async () => {
      ground = await openTrailGround();
    }, 60_000);
    afterAll(() => ground.close());

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
    const kindsOf = async (issuer: string) => {
      const { intact, problems } = await ground.verify(issuer);
      expect(intact).toBe(problems.length === 0);
      return problems.map(({ kind }) => kind);
    };
    const positionsOf = async (issuer: string, source: 'award' | 'audit' | 'stop') =>
      (await ground.store.read.trail({ issuer, source, after: 0, limit: 99 })).map(
        ({ position }) => position,
      );
    const tableOf = { award: 'history', audit: 'audit', stop: 'stop_record' } as const;

    test.each(['award', 'audit', 'stop'] as const)(
      'cannot delete a line of the source "%s": the deleted row is detected, and named',
      async (source) => {
        const issuer = await trail();
        const position = (await positionsOf(issuer, source))[3];
        await ground.tamper(`DELETE FROM ${tableOf[source]} WHERE position = ${position}`);
        const { problems } = await ground.verify(issuer);
        expect(problems).toEqual([{ kind: 'line_missing', link: expect.any(Number), source, position }]);
      },
    );

    test('cannot change a line', async () => {
      const issuer = await trail();
      const [position] = await positionsOf(issuer, 'award');
      await ground.tamper(`UPDATE history SET who = 'somebody else' WHERE position = ${position}`);
      expect((await ground.verify(issuer)).problems).toEqual([
        { kind: 'line_changed', link: 2, source: 'award', position },
      ]);
    });

    test('cannot insert a line that nobody wrote', async () => {
      const issuer = await trail();
      await ground.tamper(
        `INSERT INTO history (issuer, award_id, at, who, what) VALUES ('${issuer}', 'a1', ${start}, 'staff-1', 'withdrawn')`,
      );
      const position = (await positionsOf(issuer, 'award')).at(-1);
      expect((await ground.verify(issuer)).problems).toEqual([
        { kind: 'line_unchained', source: 'award', position },
      ]);
    });

    test.each([0, -1])('cannot hide such a line behind a link %d, which nobody follows', async (number) => {
      const issuer = await trail();
      await ground.tamper(
        'ALTER TABLE audit_links DROP CONSTRAINT IF EXISTS audit_links_number_check',
        `INSERT INTO history (issuer, award_id, at, who, what) VALUES ('${issuer}', 'a1', ${start}, 'staff-1', 'withdrawn')`,
        `INSERT INTO audit_links (issuer, number, source, ranges, tags, previous, sealed_at, mac)
          SELECT issuer, ${number}, 'award', ARRAY[max(position), max(position)], '\\x${'00'.repeat(16)}', '', 0, ''
          FROM history WHERE issuer = '${issuer}' GROUP BY issuer`,
      );
      const position = (await positionsOf(issuer, 'award')).at(-1);
      expect((await ground.verify(issuer)).problems).toEqual([
        { kind: 'line_unchained', source: 'award', position },
      ]);
    });

    test('cannot keep the rest from being checked with a link of impossible positions', async () => {
      const issuer = await trail();
      await ground.tamper(
        `INSERT INTO audit_links (issuer, number, source, ranges, tags, previous, sealed_at, mac)
          VALUES ('${issuer}', 10, 'award', '{9223372036854775807,9223372036854775807}', '\\x${'00'.repeat(16)}', '', 0, '')`,
      );
      expect((await ground.verify(issuer)).problems).toEqual([{ kind: 'link_changed', link: 10 }]);
    });

    test('cannot exchange lines of two issuers, nor of one', async () => {
      const [one, other] = [await trail(), await trail()];
      const [ours] = await positionsOf(one, 'audit');
      const [theirs] = await positionsOf(other, 'audit');
      await ground.tamper(
        `UPDATE audit SET issuer = '${other}' WHERE position = ${ours}`,
        `UPDATE audit SET issuer = '${one}' WHERE position = ${theirs}`,
      );
      for (const issuer of [one, other])
        expect((await kindsOf(issuer)).sort()).toEqual(['line_missing', 'line_unchained']);

      const issuer = await trail();
      const [first, second] = await positionsOf(issuer, 'award');
      await ground.tamper(
        `UPDATE history SET award_id = CASE award_id WHEN 'a0' THEN 'a1' ELSE 'a0' END WHERE position IN (${first}, ${second})`,
      );
      expect(await kindsOf(issuer)).toEqual(['line_changed', 'line_changed']);
    });

    test('cannot move a line to another place, nor put another one into the place of a deleted one', async () => {
      const issuer = await trail();
      const [first, second] = await positionsOf(issuer, 'award');
      const rest = 'issuer, award_id, at, who, what, why, payload_hash';
      await ground.tamper(
        `DELETE FROM history WHERE position = ${first}`,
        `INSERT INTO history (position, ${rest}) OVERRIDING SYSTEM VALUE
        SELECT ${first}, ${rest} FROM history WHERE position = ${second}`,
        `DELETE FROM history WHERE position = ${second}`,
      );
      expect(await kindsOf(issuer)).toEqual(['line_changed', 'line_missing']);
    });

    test('cannot delete a link, with its lines or without', async () => {
      const issuer = await trail();
      await ground.tamper(`DELETE FROM audit_links WHERE issuer = '${issuer}' AND number BETWEEN 4 AND 5`);
      const { problems } = await ground.verify(issuer);
      expect(problems[0]).toEqual({ kind: 'link_missing', from: 4, to: 5 });
      expect(new Set(problems.slice(1).map(({ kind }) => kind))).toEqual(new Set(['line_unchained']));
      for (const problem of problems) {
        if (problem.kind !== 'line_unchained') continue;
        await ground.tamper(`DELETE FROM ${tableOf[problem.source]} WHERE position = ${problem.position}`);
      }
      expect(await kindsOf(issuer)).toEqual(['link_missing']);
    });

    test.each([
      "source = 'stop'",
      'ranges = ARRAY[1, 2]::bigint[]',
      'ranges = ARRAY[]::bigint[]',
      'ranges = ARRAY[1, 9000000000000000000]::bigint[]',
      "tags = tags || '\\x00'",
      "tags = ''",
      "previous = '\\x00'",
      'sealed_at = sealed_at + 1',
      "mac = sha256('forged')",
    ])('cannot change a link: %s', async (change) => {
      const issuer = await trail();
      await ground.tamper(`UPDATE audit_links SET ${change} WHERE issuer = '${issuer}' AND number = 4`);
      expect((await ground.verify(issuer)).problems[0]).toEqual({ kind: 'link_changed', link: 4 });
    });

    test('cannot number links anew to hide that one is gone', async () => {
      const issuer = await trail();
      await ground.tamper(
        `DELETE FROM audit_links WHERE issuer = '${issuer}' AND number = 4`,
        `UPDATE audit_links SET number = number - 1 WHERE issuer = '${issuer}' AND number > 4`,
      );
      expect((await ground.verify(issuer)).problems[0]).toEqual({ kind: 'link_changed', link: 4 });
    });

    test('cannot put an older link that was right once into the place of another', async () => {
      const issuer = await trail();
      const before = await ground.pool.query(
        `SELECT * FROM ${ground.schema}.audit_links WHERE issuer = $1 AND number = 9`,
        [issuer],
      );
      expect(before.rowCount).toBe(1);
      await ground.tamper(`DELETE FROM audit_links WHERE issuer = '${issuer}' AND number = 9`);
      await ground.write(issuer, 1);
      await ground.seal(issuer);
      await ground.write(issuer, 1);
      await ground.seal(issuer);
      const old = before.rows[0] as Record<string, unknown>;
      await ground.tamper(`DELETE FROM audit_links WHERE issuer = '${issuer}' AND number = 9`);
      await ground.pool.query(
        `INSERT INTO ${ground.schema}.audit_links SELECT * FROM json_populate_record(null::${ground.schema}.audit_links, $1)`,
        [JSON.stringify({ ...old, ...bytesOf(old) })],
      );
      expect((await ground.verify(issuer)).problems).toContainEqual({ kind: 'link_changed', link: 10 });
    });

    test('cannot cut the end off, lines and all, when a head was kept elsewhere', async () => {
      const issuer = await trail();
      const head = await auditHead(ground.contextOf(issuer));
      if (head === undefined) throw new Error('There is a head.');
      expect(await ground.verify(issuer, { heads: [head] })).toMatchObject({ intact: true, head });
      const positions = (await ground.store.read.auditLinks(issuer, 8, 1))[0]?.ranges ?? [];
      await ground.tamper(
        `DELETE FROM audit_links WHERE issuer = '${issuer}' AND number = 9`,
        `DELETE FROM stop_record WHERE issuer = '${issuer}' AND position BETWEEN ${positions[0]} AND ${positions.at(-1)}`,
      );
      expect((await ground.verify(issuer)).intact).toBe(true);
      expect((await ground.verify(issuer, { heads: [head] })).problems).toEqual([
        { kind: 'head_missing', head },
      ]);
      // What is written afterwards does not hide it.
      await ground.write(issuer, 4);
      await ground.seal(issuer);
      expect((await ground.verify(issuer, { heads: [head] })).problems).toEqual([
        { kind: 'head_missing', head },
      ]);
    });

    test('cannot make the chain anew without the key', async () => {
      const issuer = await trail();
      const forger = { ...ground.contextOf(issuer), lookupKey: hash('a guess') };
      expect((await verifyAudit(forger)).problems.map(({ kind }) => kind)).toContain('link_changed');
      await ground.tamper(`DELETE FROM audit_links WHERE issuer = '${issuer}'`);
      const { problems } = await ground.verify(issuer);
      expect(problems).toHaveLength(18);
      expect(new Set(problems.map(({ kind }) => kind))).toEqual(new Set(['line_unchained']));
    });

    test('cannot delete a line that waits for its link, unless its note goes too; without the note it is unchained', async () => {
      const issuer = await trail();
      await ground.write(issuer, 2);
      const [gone, noteless] = (await positionsOf(issuer, 'award')).slice(-2);
      await ground.tamper(
        `DELETE FROM history WHERE position = ${gone}`,
        `DELETE FROM audit_pending WHERE issuer = '${issuer}' AND positions = ARRAY[${noteless}]::bigint[] AND source = 'award'`,
      );
      await ground.seal(issuer);
      expect((await ground.verify(issuer)).problems).toEqual([
        { kind: 'line_missing', link: expect.any(Number), source: 'award', position: gone },
        { kind: 'line_unchained', source: 'award', position: noteless },
      ]);
      // Nor can somebody put one back.
      await ground.tamper(
        `INSERT INTO history (position, issuer, award_id, at, who, what) OVERRIDING SYSTEM VALUE
        VALUES (${gone}, '${issuer}', 'a0', ${start}, 'system', 'created')`,
      );
      expect(await kindsOf(issuer)).toEqual(['line_changed', 'line_unchained']);
    });

    test('of a thousand things that are wrong the first hundred are told', async () => {
      const issuer = newIssuer();
      const rows = Array.from({ length: 1_000 }, (_, at) => historyRow(issuer, `a${at}`));
      await ground.store.transaction((tx) => tx.appendHistory(rows));
      await ground.seal(issuer);
      await ground.tamper(`UPDATE history SET at = at + 1 WHERE issuer = '${issuer}'`);
      const { problems, moreProblems } = await ground.verify(issuer);
      expect(problems).toHaveLength(100);
      expect(moreProblems).toBe(true);
    });

    test('is a superuser: the owner of the tables meets the triggers', async () => {
      const { pool, schema } = ground;
      await trail();
      for (const table of ['history', 'audit', 'stop_record', 'audit_links']) {
        for (const change of [`DELETE FROM ${schema}.${table}`, `TRUNCATE ${schema}.${table}`])
          await expect(pool.query(change)).rejects.toMatchObject({ code: '23001' });
      }
    });
  },
);

/** Bytes as JSON has them for PostgreSQL. */
function bytesOf(row: Record<string, unknown>): Record<string, string> {
  const bytes = Object.entries(row).flatMap(([name, value]) =>
    value instanceof Uint8Array ? [[name, `\\x${Buffer.from(value).toString('hex')}`]] : [],
  );
  return Object.fromEntries(bytes) as Record<string, string>;
}
