import {
  type AuditChanges,
  type AuditLinkRow,
  type AuditReads,
  type AuditRow,
  type TrailLine,
  type TrailSource,
  trailSources,
} from '../audit.ts';
import type { StoreConflict } from '../ports.ts';
import { numbersIn } from '../ranges.ts';
import { keyOf, MemoryTable, type View } from './memory-table.ts';
import type { MemoryTables } from './memory-tables.ts';

/** A line of the audit trail with its place in the order of appending. */
interface StoredAudit {
  readonly position: number;
  readonly line: AuditRow;
}

/** The position of a line that no link covers yet. */
interface Unsealed {
  readonly issuer: string;
  readonly source: TrailSource;
  readonly position: number;
}

/** Tables of the audit trail. */
export function auditTables() {
  return {
    audit: new MemoryTable<StoredAudit>(({ position }) => String(position), {
      about: ({ line }) => keyOf(line.issuer, line.about ?? ''),
    }),
    unsealed: new MemoryTable<Unsealed>((row) => keyOf(row.source, row.position), {
      source: (row) => keyOf(row.issuer, row.source),
    }),
    auditLinks: new MemoryTable<AuditLinkRow>((row) => keyOf(row.issuer, row.number), {
      issuer: (row) => row.issuer,
    }),
  };
}

/** Look-ups of the audit trail. */
export function auditReads(tables: MemoryTables, view: View): AuditReads {
  const linksOf = (issuer: string) =>
    tables.auditLinks.find('issuer', issuer, view).sort((a, b) => a.number - b.number);
  const unsealedOf = (issuer: string, source: TrailSource) =>
    tables.unsealed.find('source', keyOf(issuer, source), view);
  return {
    async auditOf(issuer, about, limit) {
      const lines = tables.audit.find('about', keyOf(issuer, about ?? ''), view);
      return lines
        .sort((a, b) => b.position - a.position)
        .slice(0, limit)
        .map(({ line }) => line);
    },
    async trail({ issuer, source, after, limit, since = 0 }) {
      return linesOf(tables, view, issuer, source)
        .filter(({ position, row }) => position > after && row.at >= since)
        .slice(0, limit);
    },
    async trailAt(issuer, source, positions) {
      return positions.flatMap((position) => {
        const line = lineAt(tables, view, source, position);
        return line?.row.issuer === issuer ? [line] : [];
      });
    },
    async lastAuditLink(issuer) {
      return linksOf(issuer).at(-1);
    },
    async auditLinks(issuer, after, limit) {
      return linksOf(issuer)
        .filter(({ number }) => number > after)
        .slice(0, limit);
    },
    async unsealed(issuer) {
      const waiting = trailSources.flatMap((source) => unsealedOf(issuer, source));
      const oldestAt = waiting.reduce((oldest, { source, position }) => {
        return Math.min(oldest, lineAt(tables, view, source, position)?.row.at ?? oldest);
      }, Number.POSITIVE_INFINITY);
      return { lines: waiting.length, oldestAt: Number.isFinite(oldestAt) ? oldestAt : null };
    },
    async unchainedLines(issuer, source, limit) {
      const accounted = new Set(unsealedOf(issuer, source).map(({ position }) => position));
      for (const link of linksOf(issuer)) {
        if (link.source === source && link.number > 0)
          for (const position of numbersIn(link.ranges)) accounted.add(position);
      }
      return linesOf(tables, view, issuer, source)
        .map(({ position }) => position)
        .filter((position) => !accounted.has(position))
        .slice(0, limit);
    },
  };
}

/** Changes of the audit trail. */
export function auditChanges(
  tables: MemoryTables,
  nextPosition: () => number,
  conflict: () => StoreConflict,
): AuditChanges {
  return {
    async appendAudit(rows) {
      for (const line of rows) {
        const position = nextPosition();
        tables.audit.put({ line, position });
        tables.unsealed.put({ issuer: line.issuer, source: 'audit', position });
      }
    },
    // Transactions run one after another.
    lockAuditChain: async () => true,
    async takeUnsealed(issuer, source, limit) {
      const waiting = tables.unsealed.find('source', keyOf(issuer, source), 'own');
      const positions = waiting.map(({ position }) => position).sort((a, b) => a - b);
      const taken = positions.slice(0, limit);
      for (const position of taken) tables.unsealed.delete(keyOf(source, position));
      return taken;
    },
    async insertAuditLink(row) {
      if (tables.auditLinks.get(keyOf(row.issuer, row.number), 'own') !== undefined) throw conflict();
      tables.auditLinks.put(row);
    },
  };
}

/** The lines of one source, in the order of appending. */
function linesOf(tables: MemoryTables, view: View, issuer: string, source: TrailSource): TrailLine[] {
  const rows = { award: tables.history, audit: tables.audit, stop: tables.stopRecord }[source];
  return rows
    .all(view)
    .flatMap(({ position }) => lineAt(tables, view, source, position) ?? [])
    .filter(({ row }) => row.issuer === issuer)
    .sort((a, b) => a.position - b.position);
}

function lineAt(
  { history, audit, stopRecord }: MemoryTables,
  view: View,
  source: TrailSource,
  position: number,
): TrailLine | undefined {
  const key = String(position);
  switch (source) {
    case 'award': {
      const stored = history.get(key, view);
      return stored && { source, position, row: stored.line };
    }
    case 'audit': {
      const stored = audit.get(key, view);
      return stored && { source, position, row: stored.line };
    }
    case 'stop': {
      const stored = stopRecord.get(key, view);
      return stored && { source, position, row: stored.stop };
    }
  }
}
