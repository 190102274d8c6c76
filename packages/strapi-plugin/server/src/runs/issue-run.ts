import { setImmediate as turn } from 'node:timers/promises';
import {
  brakeOf,
  countResults,
  issueRows,
  type ResultCounts,
  type RowOutcome,
} from '@seek-pass-kit/flows/bulk';
import { credentialTypes } from '@seek-pass-kit/core';
import { serviceOf } from '../plugin-services.ts';
import { letRequestsGoFirst } from '../store/site-store.ts';
import { Reasons } from './reasons.ts';
import { changedSince, fingerprintOf, notPermitted, type ReadRow, refusedRow } from './run-rows.ts';
import { findRunStaff } from './run-staff.ts';
import type { StoredRow, StoredRun } from './run-tables.ts';
import type { RunTools } from './run-tools.ts';
import { withoutInput } from './sealed-row.ts';

/** Awards that are issued together: few enough that others who want the database wait for no more than a moment. */
const pieceSize = 25;

/** Pieces that a run gets before the next run has its turn. */
const piecesInTurn = 40;

/**
 * Issues what a person confirmed, piece by piece. After a crash it goes on where it was: what is awarded already comes out as `unchanged`, so
 * nobody gets anything twice.
 */
export async function issueRun(tools: RunTools, run: StoredRun): Promise<void> {
  if (run.begun === null) await tools.runs.decidePlanned(run);
  let current = run;
  for (let piece = 0; piece < piecesInTurn; piece += 1) {
    const next = await issuePiece(tools, current);
    if (next === undefined) return;
    current = next;
    serviceOf(tools.strapi, 'connection').kick();
    tools.pieceDone();
    await letRequestsGoFirst(tools.strapi);
    await turn();
  }
  await tools.runs.write(current, { leasedUntil: tools.context.clock.now() });
}

/** The run after the piece; `undefined` when nothing of it is to be done now. */
async function issuePiece(tools: RunTools, run: StoredRun): Promise<StoredRun | undefined> {
  const { strapi, runs, context, leasedUntil } = tools;
  const staff = await findRunStaff(strapi, run.who);
  if (staff === undefined) return refuseRest(tools, run);
  if (await isStopped(tools, run)) return pause(tools, run, 'issuing_stopped');
  const about = run.firstAwards > 0 ? Math.min(run.firstAwards, pieceSize) : pieceSize;
  const rows = await runs.rowsToIssue(run.id, about);
  const last = rows.at(-1);
  if (last === undefined) return end(tools, run);

  // Of a piece that a worker had begun before it died, awards may be stored that no row tells of.
  const cutOff = run.begun;
  const begun = await runs.write(run, { begun: last.person, leasedUntil: leasedUntil() });
  const read = (await tools.rowsOf(run, staff, rows)).map((row, at) => asShown(tools, row, rows[at]));
  await intend(tools, run, rows, read);
  const issued = await issueRows(context, read, { runId: run.id, who: run.who });
  const outcomes = issued.map((outcome) => {
    const row = rows.find(({ number }) => number === outcome.row);
    const wasBegun = cutOff !== null && (row?.person ?? '') <= cutOff;
    const isOurs = outcome.result === 'unchanged' && wasBegun && row?.planned != null;
    return isOurs ? { ...outcome, result: row.planned ?? outcome.result } : outcome;
  });
  await note(tools, run, rows, read, outcomes);
  const decided = rows.map((row) => decidedRow(tools, row, outcomes));
  const reasons = new Reasons(run.reasons);
  const counts = countResults();
  for (const { row, result, findings } of outcomes) {
    counts.add(result);
    if (result === 'refused') reasons.add(row, findings);
  }
  const results = sumOf(run.results, counts.counts);
  const firstAwards = run.firstAwards === 0 ? 0 : Math.max(0, run.firstAwards - rows.length);
  const changes = {
    results,
    decided: run.decided + rows.length,
    reasons: reasons.list(),
    firstAwards,
    leasedUntil: leasedUntil(),
  };
  const { mostRefused } = brakeOf(plannedOf(run));
  if (results.refused > mostRefused) {
    await runs.write(begun, { ...changes, ...ended(tools, 'stopped') }, decided);
    return undefined;
  }
  if (run.firstAwards > 0 && firstAwards === 0 && run.decided + rows.length < run.total) {
    await runs.write(begun, { ...changes, state: 'paused', pause: 'first_awards', leasedUntil: 0 }, decided);
    return undefined;
  }
  return runs.write(begun, changes, decided);
}

/** What the brake of the flows goes by. */
export function plannedOf({ planned, looked }: Pick<StoredRun, 'planned' | 'looked'>) {
  return {
    rows: looked,
    results: planned,
    newAwards: planned.created,
    corrections: planned.replaces + planned['adds-a-second'] + planned.undocumented,
  };
}

/** Only what the dry run showed is issued. */
function asShown({ vault }: RunTools, row: ReadRow, stored: StoredRow | undefined): ReadRow {
  if (row.input === undefined || fingerprintOf(vault, row.input) === stored?.fingerprint) return row;
  return refusedRow(row, changedSince);
}

async function isStopped({ strapi, connection }: RunTools, run: StoredRun): Promise<boolean> {
  const name =
    run.source === 'import'
      ? run.mapping
      : (await serviceOf(strapi, 'mappings').required(run.mapping)).credentialType;
  const type = credentialTypes.find((one) => one === name) ?? null;
  const { inForce } = await connection.addFlow.stops();
  return inForce.some(({ credentialType }) => credentialType === null || credentialType === type);
}

async function pause({ runs }: RunTools, run: StoredRun, reason: 'issuing_stopped'): Promise<undefined> {
  await runs.write(run, { state: 'paused', pause: reason, leasedUntil: 0 });
}

/** Whoever started it may not go on: what is left is refused. */
async function refuseRest({ runs, context }: RunTools, run: StoredRun): Promise<undefined> {
  const left = run.total - run.decided;
  const reasons = new Reasons(run.reasons);
  const results = { ...run.results, refused: run.results.refused + left };
  const [first] = await runs.rowsToIssue(run.id, 1);
  if (first !== undefined) reasons.add(first.number, [notPermitted]);
  await runs.decideRest(
    run,
    { result: 'refused', findings: [notPermitted] },
    {
      state: 'stopped',
      endedAt: context.clock.now(),
      leasedUntil: 0,
      decided: run.total,
      results,
      reasons: reasons.list().map((reason) => {
        return reason.code === notPermitted.code ? { ...reason, rows: left } : reason;
      }),
      problem: `${notPermitted.message}: the rest was refused.`,
    },
  );
}

async function end({ runs, context }: RunTools, run: StoredRun): Promise<undefined> {
  await runs.write(run, { state: 'done', pause: null, endedAt: context.clock.now(), leasedUntil: 0 });
}

function ended({ context }: RunTools, state: 'stopped') {
  return { state, endedAt: context.clock.now(), leasedUntil: 0 } as const;
}

/** Before awards are made: from which entries they will be. */
async function intend(
  { strapi }: RunTools,
  run: StoredRun,
  rows: readonly StoredRow[],
  read: readonly ReadRow[],
): Promise<void> {
  if (run.source === 'import') return;
  const origins = rows.flatMap((row, at) => {
    const one = read[at];
    return one?.input === undefined ? [] : [{ ...placeOf(run, row), key: one.key }];
  });
  if (origins.length > 0) await serviceOf(strapi, 'entry-awards').intend(origins);
}

/** After it: which version of which entry each award was made from. */
async function note(
  { strapi }: RunTools,
  run: StoredRun,
  rows: readonly StoredRow[],
  read: readonly ReadRow[],
  outcomes: readonly RowOutcome[],
): Promise<void> {
  if (run.source === 'import') return;
  const awarded = rows.flatMap((row, at) => {
    const { key = '', entryVersion } = read[at] ?? {};
    const awardId = outcomes.find((outcome) => outcome.row === row.number)?.awardId;
    if (awardId === undefined || entryVersion === undefined) return [];
    return [{ ...placeOf(run, row), key, awardId, entryVersion, runId: run.id, who: run.who }];
  });
  if (awarded.length > 0) await serviceOf(strapi, 'entry-awards').note(awarded);
}

function placeOf({ contentType, locale, mapping }: StoredRun, { documentId }: StoredRow) {
  return {
    contentType: contentType ?? '',
    documentId: documentId ?? '',
    mapping,
    ...(locale === null ? {} : { locale }),
  };
}

function decidedRow({ vault }: RunTools, row: StoredRow, outcomes: readonly RowOutcome[]): StoredRow {
  const outcome = outcomes.find((one) => one.row === row.number);
  if (outcome === undefined) throw new Error('A row of a run has no outcome.');
  const { result, awardId = null, version = null, findings } = outcome;
  const decided = { ...row, result, awardId, version, findings };
  return result === 'refused' ? decided : withoutInput(vault, decided);
}

function sumOf(one: ResultCounts, other: ResultCounts): ResultCounts {
  const sums = { ...one };
  for (const result of Object.keys(other) as Array<keyof ResultCounts>)
    Object.assign(sums, { [result]: one[result] + other[result] });
  return sums;
}
