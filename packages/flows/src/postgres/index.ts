export { migratePostgres, openPostgresStore, type PostgresStoreOptions } from './postgres-store.ts';
export type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from './sql.ts';
