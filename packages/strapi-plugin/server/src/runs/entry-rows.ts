import type { Finding } from '@seek-pass-kit/flows/bulk';
import type { Core } from '@strapi/types';
import type { SiteMapping } from '../../../contract/mapping.ts';
import { entryVersionOf } from '../awards/entry-version.ts';
import { publishedEntries } from '../awards/published-entries.ts';
import type { EntryReading } from '../mapping/mappings-service.ts';
import { serviceOf } from '../plugin-services.ts';
import { mappingFinding, notPublished, notReadable, type ReadRow, refusedRow } from './run-rows.ts';
import type { RunStaff } from './run-staff.ts';
import type { StoredRow, StoredRun } from './run-tables.ts';

interface PermissionChecker {
  readonly cannot: { read(entry?: unknown): boolean };
}

/** Rows that are entries: each as its published version is now, if whoever has the run done may read it. */
export async function readEntryRows(
  strapi: Core.Strapi,
  staff: RunStaff,
  run: Pick<StoredRun, 'contentType' | 'locale'>,
  mapping: SiteMapping,
  rows: readonly StoredRow[],
): Promise<ReadRow[]> {
  const mappings = serviceOf(strapi, 'mappings');
  const contentType = run.contentType ?? '';
  const checker = strapi
    .plugin('content-manager')
    .service('permission-checker')
    .create({ userAbility: staff.ability, model: contentType }) as PermissionChecker;
  if (checker.cannot.read()) return rows.map((row) => refusedRow(unread(row), notReadable));
  const entries = await publishedEntries(
    strapi,
    contentType,
    rows.flatMap(({ documentId }) => (documentId === null ? [] : [documentId])),
    {
      locale: run.locale ?? undefined,
      // Conditions of permissions look at who made an entry, and at their roles.
      populate: { ...mappings.populateOf(mapping), createdBy: { populate: { roles: true } } },
    },
  );
  const byId = new Map(entries.map((entry) => [entry.documentId, entry]));
  const read: ReadRow[] = [];
  for (const row of rows) {
    const entry = byId.get(row.documentId ?? '');
    if (entry === undefined) read.push(refusedRow(unread(row), notPublished));
    else if (checker.cannot.read(entry)) read.push(refusedRow(unread(row), notReadable));
    else {
      const reading = await mappings.readEntry(mapping, entry);
      read.push({ ...rowOf(row.number, reading), entryVersion: entryVersionOf(entry) });
    }
  }
  return read;
}

function unread({ number }: StoredRow) {
  return { row: number, key: '' };
}

function rowOf(row: number, { key, input, findings }: EntryReading): ReadRow {
  return { row, key, input, findings: findings.map(findingOf) };
}

function findingOf({ target, severity, message, remedy }: EntryReading['findings'][number]): Finding {
  return { severity, field: target, code: mappingFinding, message, remedy };
}
