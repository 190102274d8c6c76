import type { FlowContext } from '@seek-pass-kit/flows';
import { openRunVault, type RunVault } from '@seek-pass-kit/flows/bulk';
import type { Core } from '@strapi/types';
import type { Connection } from '../connection/connection-service.ts';
import type { ImportFiles } from '../imports/import-files.ts';
import { serviceOf } from '../plugin-services.ts';
import { readEntryRows } from './entry-rows.ts';
import { notReadable, type ReadRow, refusedRow } from './run-rows.ts';
import type { RunStaff } from './run-staff.ts';
import { leaseMs, type RunStore } from './run-store.ts';
import type { StoredRow, StoredRun } from './run-tables.ts';
import { openRow } from './sealed-row.ts';

/** What a worker works on one run with. */
export interface RunTools {
  readonly strapi: Core.Strapi;
  readonly connection: Connection;
  readonly context: FlowContext;
  readonly runs: RunStore;
  readonly imports: ImportFiles;
  readonly vault: RunVault;
  /** Until when the run stays with this worker from now on. */
  readonly leasedUntil: () => number;
  /** After each piece of work: throws when the worker is to end. */
  readonly pieceDone: () => void;
  /** What these rows say now. */
  readonly rowsOf: (run: StoredRun, staff: RunStaff, rows: readonly StoredRow[]) => Promise<ReadRow[]>;
}

/**
 * @throws {ApplicationError} when the mapping of the run is gone or switched off.
 */
export async function openRunTools(
  base: Pick<RunTools, 'strapi' | 'connection' | 'runs' | 'imports' | 'pieceDone'>,
  run: StoredRun,
): Promise<RunTools> {
  const { strapi, connection } = base;
  const { context } = connection.addFlow;
  const { wrappedKey, keyId } = run;
  if (wrappedKey === null || keyId === null) throw new Error('The key of the run was deleted.');
  const vault = await openRunVault(context, run.id, { wrappedKey, keyId });
  const mapping =
    run.source === 'import' ? undefined : await serviceOf(strapi, 'mappings').required(run.mapping);
  return {
    ...base,
    context,
    vault,
    leasedUntil: () => context.clock.now() + leaseMs,
    rowsOf: async (of, staff, rows) => {
      if (mapping === undefined) return rows.map((row) => importedRow(vault, row));
      if (mapping.contentType !== of.contentType)
        return rows.map(({ number }) => refusedRow({ row: number, key: '' }, notReadable));
      return readEntryRows(strapi, staff, of, mapping, rows);
    },
  };
}

function importedRow(vault: RunVault, row: StoredRow): ReadRow {
  const { key, input } = openRow(vault, row);
  return { row: row.number, key, input, findings: row.findings };
}
