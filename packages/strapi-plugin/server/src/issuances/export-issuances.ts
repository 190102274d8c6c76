import { csvCell } from '@seek-pass-kit/flows/bulk';
import type { Issuance, IssuanceFilter } from '../../../contract/issuances.ts';
import { issuancesOf, placeOf } from './issuance-rows.ts';
import type { AskedScope } from './issuance-scope.ts';
import { listed, narrowedBy } from './list-issuances.ts';

/** Read at a time, so that an export of any length needs the memory of one page. */
const pageSize = 500;

type Column = readonly [title: string, cell: (issuance: Issuance) => string];

const columns: readonly Column[] = [
  ['id', ({ id }) => id],
  ['state', ({ state }) => state],
  ['evidence', ({ evidence }) => evidence],
  ['last_change', ({ since }) => inUtc(since)],
  ['issued', ({ createdAt }) => inUtc(createdAt)],
  ['version', ({ version }) => String(version)],
  ['credential_type', ({ credentialType }) => credentialType],
  ['title', ({ title }) => title ?? ''],
  ['content_type', ({ entry }) => entry?.contentType ?? ''],
  ['document_id', ({ entry }) => entry?.documentId ?? ''],
  ['locale', ({ entry }) => entry?.locale ?? ''],
  ['mapping', ({ entry }) => entry?.mapping ?? ''],
];

const personalColumns: readonly Column[] = [
  ['key', ({ key }) => key ?? ''],
  ['name', ({ recipient }) => recipient?.name ?? ''],
  ['email', ({ recipient }) => recipient?.email ?? ''],
];

/**
 * The filtered list as CSV, page by page as it is read: with names, addresses and keys only for those who may see personal data. No cell is
 * a formula (security rule 19).
 */
export async function* exportIssuances(
  scope: AskedScope,
  filter: IssuanceFilter,
): AsyncGenerator<string, void, undefined> {
  const shown = scope.personal ? [...columns, ...personalColumns] : columns;
  yield `\uFEFF${lineOf(shown.map(([title]) => title))}`;
  const narrowed = await narrowedBy(scope, { filter });
  let rows = await listed(scope, narrowed, pageSize);
  while (rows.length > 0) {
    const issuances = await issuancesOf(scope, rows);
    yield issuances.map((one) => lineOf(shown.map(([, cell]) => cell(one)))).join('');
    const last = rows.at(-1);
    rows =
      rows.length < pageSize || last === undefined
        ? []
        : await listed(scope, narrowed, pageSize, placeOf(last));
  }
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map((cell) => csvCell(cell, ',')).join(',')}\r\n`;
}

function inUtc(time: number): string {
  return new Date(time).toISOString();
}
