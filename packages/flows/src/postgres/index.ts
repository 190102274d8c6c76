export { inspectPostgres, type InspectPostgresOptions, type PostgresState } from './inspect-postgres.ts';
export { type GrantOptions, grantStatements } from './grants.ts';
export {
  checkPostgresOptions,
  migratePostgres,
  openPostgresStore,
  type PostgresStoreOptions,
} from './postgres-store.ts';
export type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from './sql.ts';
