import type { AuditChanges, AuditReads, AuditRow, TrailLine, TrailSource } from '@seek-pass-kit/flows';
import { tryLock } from './locks.ts';
import { partsOf } from './parts-of.ts';
import { match, type Narrow, type Sql } from './sql.ts';
import { fromDatabase, table } from './table.ts';
import { audit, auditLinks, linesOfSource, rangesFrom, trailTables } from './trail-tables.ts';
import { unchainedLines } from './unchained-lines.ts';

/** A line as it is appended: it hangs on no chain yet. */
const appendedLines = table<AuditRow & { readonly sealed: boolean }>('audit', {
  ...audit.columns,
  sealed: 'boolean',
});

/** Look-ups of the audit trail. */
export function auditReads(sql: Sql): AuditReads {
  const links = async (narrow: Narrow) =>
    (await sql.select(auditLinks, narrow)).map((link) => ({ ...link, ranges: rangesFrom(link.ranges) }));
  return {
    auditOf: (issuer, about, limit) =>
      sql.select(audit, (query) =>
        match(audit, { issuer, about })(query).orderBy('position', 'desc').limit(limit),
      ),
    trail: ({ issuer, source, after, limit, since = 0 }) =>
      linesOf(sql, source, (query) =>
        query
          .where({ issuer })
          .where('position', '>', after)
          .where('at', '>=', since)
          .orderBy('position')
          .limit(limit),
      ),
    async trailAt(issuer, source, positions) {
      const lines: TrailLine[] = [];
      for (const part of partsOf(positions)) {
        const found = await linesOf(sql, source, (query) =>
          query.where({ issuer }).whereIn('position', part).orderBy('position'),
        );
        lines.push(...found);
      }
      return lines;
    },
    lastAuditLink: async (issuer) =>
      (await links((query) => query.where({ issuer }).orderBy('number', 'desc').limit(1)))[0],
    auditLinks: (issuer, after, limit) =>
      links((query) => query.where({ issuer }).where('number', '>', after).orderBy('number').limit(limit)),
    async unsealed(issuer) {
      let lines = 0;
      const times: number[] = [];
      for (const { name } of Object.values(trailTables)) {
        const [waiting] = await sql.ask<{ readonly number: unknown; readonly oldest: unknown }>((knex) =>
          knex(name).where({ issuer, sealed: false }).count({ number: '*' }).min({ oldest: 'at' }),
        );
        lines += Number(waiting?.number ?? 0);
        const oldest = fromDatabase('time', waiting?.oldest ?? null);
        if (typeof oldest === 'number') times.push(oldest);
      }
      return { lines, oldestAt: times.length === 0 ? null : Math.min(...times) };
    },
    unchainedLines: (issuer, source, limit) => unchainedLines(sql, issuer, source, limit),
  };
}

/** Changes of the audit trail. */
export function auditChanges(sql: Sql): AuditChanges {
  return {
    appendAudit: (rows) =>
      sql.insert(
        appendedLines,
        rows.map((row) => ({ ...row, sealed: false })),
      ),
    lockAuditChain: (issuer) => tryLock(sql, `audit chain of ${issuer}`),
    async takeUnsealed(issuer, source, limit) {
      const lines = linesOfSource(source);
      const waiting = await sql.selectSome(lines, ['position'], (query) =>
        query.where({ issuer, sealed: false }).orderBy('position').limit(limit),
      );
      const positions = waiting.map(({ position }) => position);
      for (const part of partsOf(positions))
        await sql.update(lines, { sealed: true }, (query) => query.whereIn('position', part));
      return positions;
    },
    insertAuditLink: (row) => sql.insert(auditLinks, [{ ...row, ranges: JSON.stringify(row.ranges) }]),
  };
}

async function linesOf(sql: Sql, source: TrailSource, narrow: Narrow): Promise<TrailLine[]> {
  const rows = await sql.select(linesOfSource(source), narrow);
  return rows.map((line) => {
    const { position, sealed: _, ...row } = line;
    return { source, position, row } as TrailLine;
  });
}
