import { brakeOf, resultsCsv } from '@seek-pass-kit/flows/bulk';
import type { RunBrake, RunDetail, RunRowView, RunSummary } from '../../../contract/runs.ts';
import type { NameOf } from '../staff/staff-names.ts';
import { plannedOf } from './issue-run.ts';
import type { StoredRow, StoredRun } from './run-tables.ts';

/** A run as whoever asks may see it. */
export function summaryOf(run: StoredRun, nameOf: NameOf, who: string): RunSummary {
  const { id, source, state, pause, contentType, mapping, retryOf, createdAt, endedAt } = run;
  const { total, looked, decided } = run;
  return {
    id,
    source,
    state,
    pause,
    contentType,
    mapping,
    retryOf,
    createdAt,
    endedAt,
    total,
    looked,
    decided,
    startedBy: nameOf(run.who),
    own: run.who === who,
  };
}

export function detailOf(run: StoredRun, nameOf: NameOf, who: string): RunDetail {
  const { planned, results, people, reasons, problem } = run;
  return {
    ...summaryOf(run, nameOf, who),
    planned,
    results,
    people,
    reasons,
    problem,
    brake: run.state === 'checking' || run.looked === 0 ? null : brakeOfRun(run),
  };
}

export function brakeOfRun(run: StoredRun): RunBrake {
  const { awards, needsConfirmation, canary, mostRefused, tooManyRefused } = brakeOf(plannedOf(run));
  return { awards, needsConfirmation, canary, mostRefused, tooManyRefused };
}

/** What may be said of a row: of an entry that whoever asks cannot read, only what became of it. */
export function rowView(
  row: StoredRow,
  { readable, label }: { readonly readable: boolean; readonly label?: string | undefined },
): RunRowView {
  const { number, planned, result, findings, documentId, awardId } = row;
  return {
    row: number,
    planned,
    result,
    findings,
    ...(readable && documentId !== null ? { documentId } : {}),
    ...(readable && awardId !== null ? { awardId } : {}),
    ...(readable && label !== undefined ? { label } : {}),
  };
}

/** Lines of the file of results. Titles stand before the first piece. */
export function csvOf(views: readonly RunRowView[], isFirst: boolean): string {
  const { header, line } = resultsCsv();
  const lines = views.map(({ row, result, planned, findings, awardId, label = '', documentId = '' }) =>
    line({
      row,
      key: label === '' ? documentId : label,
      result: result ?? planned ?? 'refused',
      findings,
      ...(awardId === undefined ? {} : { awardId }),
    }),
  );
  return (isFirst ? header() : '') + lines.join('');
}
