export {
  type EmbeddedDatabase,
  type EmbeddedServerOptions,
  openEmbeddedDatabase,
} from './embedded-database.ts';
export { type EmbeddedPlace, openWhereItRuns } from './embedded-place.ts';
export { type EmbeddedStoreOptions, openEmbeddedStore } from './embedded-store.ts';
export type { EmbeddedConnection } from './server.ts';
