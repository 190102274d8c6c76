import { setImmediate as turn } from 'node:timers/promises';
import { countResults, dryRun, type RowOutcome, RowPlanner, type RunRow } from '@seek-pass-kit/flows/bulk';
import { listedEntries, publishedInList } from './listed-entries.ts';
import { newRow } from './new-run.ts';
import { Reasons } from './reasons.ts';
import { fingerprintOf, otherPublished, personOf, type ReadRow, refusedRow } from './run-rows.ts';
import { openSource, type SealedSource } from './run-source.ts';
import type { RunStaff } from './run-staff.ts';
import type { StoredRow, StoredRun } from './run-tables.ts';
import type { RunTools } from './run-tools.ts';
import { letRequestsGoFirst } from '../store/site-store.ts';
import { sealRow } from './sealed-row.ts';

/** Rows that are looked at together. */
const pieceSize = 50;

/** Rows of a file that are stored together. */
const storedTogether = 200;

/** Looks through a run: what would be issued, and why not. Begins anew each time; nothing is issued. */
export async function checkRun(tools: RunTools, run: StoredRun, staff: RunStaff): Promise<void> {
  const source = openSource(tools.vault, run);
  const check = new RunCheck(tools, run);
  if (source !== undefined) await check.forgetRows();
  if (source === undefined) await checkStored(check, staff);
  else if ('query' in source) await checkList(check, staff, source.query);
  else await checkFile(check, source);
}

/** A dry run in the middle, with what it has counted. */
class RunCheck {
  readonly tools: RunTools;
  readonly planner: RowPlanner;
  readonly #counts = countResults();
  readonly #reasons = new Reasons();
  run: StoredRun;
  looked = 0;

  constructor(tools: RunTools, run: StoredRun) {
    this.tools = tools;
    this.run = run;
    this.planner = new RowPlanner(tools.context);
  }

  async forgetRows(): Promise<void> {
    this.run = await this.tools.runs.forgetRows(this.run, { total: 0, looked: 0 });
  }

  /** What is stored of a row that was looked at. */
  found(
    row: number,
    documentId: string | null,
    { input }: Pick<RunRow, 'input'>,
    outcome: RowOutcome,
  ): StoredRow {
    const { vault } = this.tools;
    this.#counts.add(outcome.result);
    this.#reasons.add(row, outcome.findings);
    this.looked += 1;
    const isIssued = input !== undefined && outcome.result !== 'refused' && outcome.result !== 'unchanged';
    return {
      issuer: this.run.issuer,
      ...newRow(this.run.id, row, documentId),
      planned: outcome.result,
      person: isIssued ? personOf(vault, input) : null,
      fingerprint: isIssued ? fingerprintOf(vault, input) : null,
      findings: outcome.findings,
    };
  }

  /** Stores rows, and how far it is. */
  async store(rows: readonly StoredRow[], total: number): Promise<void> {
    const { runs, leasedUntil } = this.tools;
    const changes = { total, looked: this.looked, leasedUntil: leasedUntil() };
    this.run = await runs.write(this.run, changes, rows);
    this.tools.pieceDone();
    await letRequestsGoFirst(this.tools.strapi);
    await turn();
  }

  async end(people: number, changes: Partial<StoredRun> = {}): Promise<void> {
    await this.tools.runs.write(this.run, {
      state: 'waiting',
      planned: this.#counts.counts,
      reasons: this.#reasons.list(),
      people,
      total: this.looked,
      looked: this.looked,
      leasedUntil: 0,
      ...changes,
    });
  }
}

/** Rows that are stored: ticked entries, or refused rows of another run. */
async function checkStored(check: RunCheck, staff: RunStaff): Promise<void> {
  const { runs, rowsOf } = check.tools;
  for (let after = 0; ; ) {
    const rows = await runs.rows(check.run.id, after, pieceSize);
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.number;
    await planPiece(check, rows, await rowsOf(check.run, staff, rows), check.run.total);
  }
  await check.end(check.planner.people);
}

async function checkList(
  check: RunCheck,
  staff: RunStaff,
  query: Parameters<typeof listedEntries>[3],
): Promise<void> {
  const { strapi, rowsOf } = check.tools;
  const contentType = check.run.contentType ?? '';
  let number = 0;
  for await (const page of listedEntries(strapi, staff, contentType, query)) {
    const ids = page.map(({ documentId }) => documentId);
    const published = await publishedInList(strapi, staff, contentType, query, ids);
    const { issuer, id } = check.run;
    const rows = ids.map((documentId) => ({ issuer, ...newRow(id, (number += 1), documentId) }));
    const read = await rowsOf(check.run, staff, rows);
    const fitting = read.map((row, at) => {
      const isOther = row.input !== undefined && !published.has(ids[at] ?? '');
      return isOther ? refusedRow(row, otherPublished) : row;
    });
    await planPiece(check, rows, fitting, number);
  }
  await check.end(check.planner.people);
}

async function planPiece(
  check: RunCheck,
  rows: readonly StoredRow[],
  read: readonly ReadRow[],
  total: number,
): Promise<void> {
  const outcomes = await check.planner.plan(read);
  const found = rows.map((row, at) => {
    const [one, outcome] = [read[at], outcomes[at]];
    if (one === undefined || outcome === undefined) throw new Error('A row of a run has no outcome.');
    return { ...check.found(row.number, row.documentId, one, outcome), sealed: row.sealed };
  });
  await check.store(found, total);
}

async function checkFile(check: RunCheck, source: Extract<SealedSource, { fileId: string }>): Promise<void> {
  const { context, vault, imports } = check.tools;
  const { fileId, ...way } = source;
  let waiting: StoredRow[] = [];
  const flush = async () => {
    const rows = waiting;
    waiting = [];
    await check.store(rows, check.looked);
  };
  const open = await imports.opened(fileId);
  const report = await dryRun(
    context,
    { ...way, open },
    {
      mostExamples: 0,
      async onRow(outcome, input) {
        const stored = check.found(outcome.row, null, { input }, outcome);
        waiting.push({ ...stored, sealed: sealRow(vault, outcome.row, keptOf(outcome, input)) });
        if (waiting.length >= storedTogether) await flush();
      },
    },
  );
  await flush();
  await check.end(report.people);
  await imports.remove(fileId);
}

function keptOf({ key, result }: RowOutcome, input: Parameters<typeof sealRow>[2]['input']) {
  const isUseless = input === undefined || result === 'unchanged';
  return isUseless ? { key } : { key, input };
}
