import type { AuditChanges, AuditReads, AuditRow } from '../audit.ts';
import { keyOf, MemoryTable, type View } from './memory-table.ts';

/** A line of the audit trail with its place in the order of appending. */
interface StoredAudit {
  readonly position: number;
  readonly line: AuditRow;
}

/** Tables of the audit trail. */
export function auditTables() {
  return {
    audit: new MemoryTable<StoredAudit>(({ position }) => String(position), {
      about: ({ line }) => keyOf(line.issuer, line.about ?? ''),
    }),
  };
}

type AuditTables = ReturnType<typeof auditTables>;

/** Look-ups of the audit trail. */
export function auditReads({ audit }: AuditTables, view: View): AuditReads {
  return {
    async auditOf(issuer, about, limit) {
      const lines = audit.find('about', keyOf(issuer, about ?? ''), view);
      return lines
        .sort((a, b) => b.position - a.position)
        .slice(0, limit)
        .map(({ line }) => line);
    },
  };
}

/** Changes of the audit trail. */
export function auditChanges({ audit }: AuditTables, nextPosition: () => number): AuditChanges {
  return {
    async appendAudit(rows) {
      for (const line of rows) audit.put({ line, position: nextPosition() });
    },
  };
}
