import { storeTables } from './0001-store.ts';
import { entryAwardTables } from './0002-entry-awards.ts';
import { runTables } from './0003-runs.ts';
import { handoffTable } from './0005-handoffs.ts';
import { automatedEntryTables } from './0004-automated-entries.ts';
import { recordTables } from './0006-records.ts';
import type { SchemaSteps } from './schema-steps.ts';

/** One step of the schema. Once released it never changes. */
export interface Migration {
  /** Ascending; parts of the plugin that are not there yet leave gaps. */
  readonly number: number;
  readonly name: string;
  /**
   * Does the step. It must be safe to do again, in part or as a whole: MySQL stores each statement by itself, so a process that was ended in
   * the middle leaves half a step. The steps of {@link SchemaSteps} are.
   */
  readonly up: (schema: SchemaSteps) => Promise<void>;
}

/** All steps, in order. */
export const migrations: readonly Migration[] = [
  { number: 1, name: 'store', up: storeTables },
  { number: 2, name: 'entry awards', up: entryAwardTables },
  { number: 3, name: 'runs', up: runTables },
  { number: 4, name: 'automated entries', up: automatedEntryTables },
  { number: 5, name: 'handoffs', up: handoffTable },
  { number: 6, name: 'records', up: recordTables },
];
