import {
  type AuditChanges,
  type AuditLinkRow,
  type AuditReads,
  type AuditRow,
  type TrailLine,
  type TrailSource,
  trailSources,
} from '../store/audit.ts';
import type { Run } from './sql.ts';
import { columnArrays, history, insertStatement, selectList, stopRecord, table } from './table.ts';

/** What is done to an issuer, beside the history of its awards. */
export const audit = table<AuditRow>('audit', {
  issuer: 'text',
  at: 'bigint',
  who: 'text',
  what: 'text',
  about: 'text',
  why: 'text',
});

/** Where the lines of each source are. */
const trail = { award: history, audit, stop: stopRecord } as const;

const linkColumns = `issuer, number::float8 AS number, source, ranges::float8[] AS ranges, tags, previous,
  sealed_at::float8 AS "sealedAt", mac`;

/** Look-ups of the audit trail. */
export function auditReads(run: Run, schema: string): AuditReads {
  const linesOf = async (source: TrailSource, condition: string, values: readonly unknown[]) => {
    const { name, selected } = trail[source];
    const { rows } = await run<{ position: number } & TrailLine['row']>(
      `SELECT position::float8 AS position, ${selected} FROM ${schema}.${name} WHERE issuer = $1 AND ${condition}`,
      values,
    );
    return rows.map(({ position, ...row }) => ({ source, position, row }) as TrailLine);
  };
  const links = async (condition: string, values: readonly unknown[]) =>
    (
      await run<AuditLinkRow>(
        `SELECT ${linkColumns} FROM ${schema}.audit_links WHERE issuer = $1 ${condition}`,
        values,
      )
    ).rows;
  return {
    async auditOf(issuer, about, limit) {
      const { rows } = await run<AuditRow>(
        `SELECT ${selectList(audit)} FROM ${schema}.audit WHERE issuer = $1 AND about IS NOT DISTINCT FROM $2
          ORDER BY position DESC LIMIT $3`,
        [issuer, about, limit],
      );
      return rows;
    },
    trail: ({ issuer, source, after, limit, since = 0 }) =>
      linesOf(source, 'position > $2 AND at >= $3 ORDER BY position LIMIT $4', [issuer, after, since, limit]),
    trailAt: (issuer, source, positions) =>
      linesOf(source, 'position = ANY ($2::bigint[]) ORDER BY position', [issuer, positions]),
    lastAuditLink: async (issuer) => (await links('ORDER BY number DESC LIMIT 1', [issuer]))[0],
    auditLinks: (issuer, after, limit) =>
      links('AND number > $2 ORDER BY number LIMIT $3', [issuer, after, limit]),
    async unsealed(issuer) {
      const oldest = trailSources.map(
        (source) =>
          `(SELECT min(at) FROM ${schema}.${trail[source].name} WHERE position = ANY (SELECT unnest(positions)
            FROM (SELECT positions FROM ${schema}.audit_pending WHERE issuer = $1 AND source = '${source}'
              ORDER BY id LIMIT 1) AS first))`,
      );
      const { rows } = await run<{ lines: number; oldestAt: number | null }>(
        `SELECT coalesce(sum(cardinality(positions)), 0)::float8 AS lines, least(${oldest.join(', ')})::float8 AS "oldestAt"
          FROM ${schema}.audit_pending WHERE issuer = $1`,
        [issuer],
      );
      return rows[0] ?? { lines: 0, oldestAt: null };
    },
    async unchainedLines(issuer, source, limit) {
      // Never a nested loop, whatever the statistics say. Only links that are followed: 0 and below would hide lines. Ranges that somebody
      // tampered with are read no further than there are tags, and cannot end the whole look-up by being too large.
      const { rows } = await run<{ position: number }>(
        `SELECT position::float8 AS position FROM (
            SELECT position FROM ${schema}.${trail[source].name} WHERE issuer = $1
            EXCEPT (
              SELECT generate_series(ranges[at], least(ranges[at + 1], least(ranges[at], ${Number.MAX_SAFE_INTEGER}) + octet_length(tags) / 16))
              FROM ${schema}.audit_links, generate_series(1, cardinality(ranges), 2) AS at
              WHERE issuer = $1 AND source = $2 AND number > 0
              UNION ALL
              SELECT unnest(positions) FROM ${schema}.audit_pending WHERE issuer = $1 AND source = $2)
          ) AS unchained ORDER BY 1 LIMIT $3`,
        [issuer, source, limit],
      );
      return rows.map(({ position }) => position);
    },
  };
}

/** Changes of the audit trail. */
export function auditChanges(run: Run, schema: string): AuditChanges {
  return {
    async appendAudit(rows) {
      if (rows.length > 0) await run(insertStatement(schema, audit), columnArrays(audit, rows));
    },
    async lockAuditChain(issuer) {
      const { rows } = await run<{ locked: boolean }>(
        'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked',
        [`${schema} audit chain of ${issuer}`],
      );
      return rows[0]?.locked === true;
    },
    async takeUnsealed(issuer, source, limit) {
      const { rows } = await run<{ positions: number[] }>(
        `WITH oldest AS (
            SELECT id, cardinality(positions) AS lines FROM ${schema}.audit_pending
            WHERE issuer = $1 AND source = $2 ORDER BY id LIMIT $3),
          counted AS (SELECT id, sum(lines) OVER (ORDER BY id) - lines AS before FROM oldest)
          DELETE FROM ${schema}.audit_pending AS pending USING counted
          WHERE issuer = $1 AND source = $2 AND pending.id = counted.id AND before < $3
          RETURNING positions::float8[] AS positions`,
        [issuer, source, limit],
      );
      return [...new Set(rows.flatMap(({ positions }) => positions))].sort((a, b) => a - b);
    },
    async insertAuditLink({ issuer, number, source, ranges, tags, previous, sealedAt, mac }) {
      await run(
        `INSERT INTO ${schema}.audit_links (issuer, number, source, ranges, tags, previous, sealed_at, mac)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [issuer, number, source, ranges, tags, previous, sealedAt, mac],
      );
    },
  };
}
