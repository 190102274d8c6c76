import { ConfigurationError } from '@seek-pass-kit/core';
import { audit } from './postgres-audit.ts';
import { checkSchemaName, defaultSchema } from './schema-name.ts';
import { columnName, history, stopRecord } from './table.ts';

/** Added to, never changed or deleted: what is in it was so. */
const insertOnly = 'SELECT, INSERT';
const kept = 'SELECT, INSERT, UPDATE';
const passing = 'SELECT, INSERT, DELETE';
const everything = 'SELECT, INSERT, UPDATE, DELETE';

/** What an application needs of each table, and no more. */
export const privileges: Readonly<Record<string, string>> = {
  audit: insertOnly,
  audit_links: insertOnly,
  /** Its rows come from triggers, which run as the owner. */
  audit_pending: 'SELECT, DELETE',
  awards: kept,
  claim_codes: everything,
  claim_sessions: everything,
  courses: insertOnly,
  document_links: passing,
  documents: everything,
  erasures: kept,
  history: insertOnly,
  holds: everything,
  inbox_events: everything,
  inbox_tasks: everything,
  issuers: kept,
  jobs: everything,
  limits: everything,
  mails: everything,
  migrations: 'SELECT',
  mutes: everything,
  quarantine: passing,
  receipts: passing,
  recipients: everything,
  report_changes: passing,
  report_counts: everything,
  report_zones: passing,
  retired_keys: insertOnly,
  state_counts: everything,
  stop_record: insertOnly,
  stops: passing,
  submissions: kept,
  suppressions: everything,
  turns: everything,
  verifications: kept,
  verify_bindings: insertOnly,
  webhook_endpoints: everything,
};

/** Lines of the record: their position is given by the database, and by nobody else. */
const positioned = new Map(
  [history, audit, stopRecord].map(({ name, columns }) => [
    name,
    `SELECT, INSERT (${Object.keys(columns).map(columnName).join(', ')})`,
  ]),
);

/** Whom to grant what. */
export interface GrantOptions {
  /** The database user of the application: an existing role that owns nothing here and is not a member of the owner. */
  readonly role: string;
  /** Of our tables; default `seek_pass`. */
  readonly schema?: string;
}

/**
 * Statements by which a role may do everything that this kit does with its tables, and nothing else: the audit trail and the history of
 * awards it can add to, and neither change nor delete. Run them as the owner of the schema, in one transaction, after each
 * `migratePostgres`; then open the stores of the application as that role with `migrations: 'check'`.
 *
 * @throws {ConfigurationError} `invalid_configuration` for a name that is none.
 */
export function grantStatements({ role, schema = defaultSchema }: GrantOptions): string[] {
  checkSchemaName(schema);
  const to = quoted(role);
  return [
    `REVOKE ALL ON SCHEMA ${schema} FROM ${to}`,
    `REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${to}`,
    `GRANT USAGE ON SCHEMA ${schema} TO ${to}`,
    // Triggers run without a grant, and their functions must not be hung on other tables.
    `REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${schema} FROM ${to}`,
    `GRANT EXECUTE ON FUNCTION ${schema}.lock_of_erasures(text) TO ${to}`,
    ...Object.entries(privileges).map(
      ([table, what]) => `GRANT ${positioned.get(table) ?? what} ON ${schema}.${table} TO ${to}`,
    ),
  ];
}

function quoted(role: string): string {
  // PUBLIC, for PostgreSQL, in whatever quotes: everybody.
  const isEverybody = role === 'public';
  if (role !== '' && !isEverybody && Buffer.byteLength(role) <= 63 && !role.includes('\0'))
    return `"${role.replaceAll('"', '""')}"`;
  throw new ConfigurationError(
    'role must be the name of a database user, at most 63 bytes, and not public, which is everybody. Give the one of the application.',
  );
}
