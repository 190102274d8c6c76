import type { AuditChanges, AuditReads, AuditRow } from '../store/audit.ts';
import type { Run } from './sql.ts';
import { columnArrays, insertStatement, selectList, table } from './table.ts';

const audit = table<AuditRow>('audit', {
  issuer: 'text',
  at: 'bigint',
  who: 'text',
  what: 'text',
  about: 'text',
  why: 'text',
});

/** Look-ups of the audit trail. */
export function auditReads(run: Run, schema: string): AuditReads {
  return {
    async auditOf(issuer, about, limit) {
      const { rows } = await run<AuditRow>(
        `SELECT ${selectList(audit)} FROM ${schema}.audit WHERE issuer = $1 AND about IS NOT DISTINCT FROM $2
          ORDER BY position DESC LIMIT $3`,
        [issuer, about, limit],
      );
      return rows;
    },
  };
}

/** Changes of the audit trail. */
export function auditChanges(run: Run, schema: string): AuditChanges {
  return {
    async appendAudit(rows) {
      if (rows.length > 0) await run(insertStatement(schema, audit), columnArrays(audit, rows));
    },
  };
}
