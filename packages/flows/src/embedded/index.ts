export {
  type EmbeddedDatabase,
  type EmbeddedDatabaseOptions,
  type EmbeddedServerOptions,
  openEmbeddedDatabase,
} from './embedded-database.ts';
export { type EmbeddedPlace, openWhereItRuns } from './embedded-place.ts';
export { type EmbeddedStoreOptions, openEmbeddedStore } from './embedded-store.ts';
export { embeddedIsAllowed, type EmbeddedRisk, requireTrial } from './trials-only.ts';
export type { EmbeddedConnection } from './server.ts';
