import { recipientId } from '../awards/recipient-identity.ts';
import type { IssuingRun } from '../awards/award-result.ts';
import type { FlowContext } from '../flow-context.ts';
import { plan } from './dry-run.ts';
import { Duplicates } from './duplicates.ts';
import { blocks } from './finding.ts';
import { outcomesOf } from './issue-bulk.ts';
import type { RowOutcome } from './row-outcome.ts';
import type { RunRow } from './run-row.ts';

/** It has no columns: findings name the fields. */
const noColumns = { titles: [], sources: new Map(), fields: [] } as const;

/**
 * The dry run of rows that come from no file, in pieces of some hundred: what issuing them would do, by the rules that issue them. Stores
 * and sends nothing; remembers the rows, some 350 bytes each, to notice duplicates.
 */
export class RowPlanner {
  readonly #context: FlowContext;
  readonly #options: Pick<IssuingRun, 'reissueWithdrawn'>;
  readonly #duplicates = new Duplicates();
  readonly #people = new Set<string>();

  constructor(context: FlowContext, options: Pick<IssuingRun, 'reissueWithdrawn'> = {}) {
    this.#context = context;
    this.#options = options;
  }

  /** How many people would get a mail, of the rows so far. */
  get people(): number {
    return this.#people.size;
  }

  /** What the next rows would come to, in their order. */
  async plan(rows: readonly RunRow[]): Promise<RowOutcome[]> {
    const checked = rows.map((row) => this.#withDuplicates(row));
    const planned = await plan(this.#context, noColumns, checked, this.#options);
    return planned.map(({ row, outcome }) => {
      const isIssued = outcome.result !== 'refused' && outcome.result !== 'unchanged';
      if (isIssued && row.input !== undefined)
        this.#people.add(recipientId(this.#context, row.input.recipient));
      return outcome;
    });
  }

  #withDuplicates(row: RunRow): RunRow {
    if (row.input === undefined) return row;
    const { recipient, credential } = row.input;
    const contents = JSON.stringify([recipient, credential]);
    const more = this.#duplicates.check({ row: row.row, key: row.key, recipient, contents });
    return {
      ...row,
      input: more.some(blocks) ? undefined : row.input,
      findings: [...row.findings, ...more],
    };
  }
}

/** Issues rows that come from no file, like `issueBulk` those of a file, without its brake: judge the dry run by `brakeOf` first. */
export async function issueRows(
  context: FlowContext,
  rows: readonly RunRow[],
  run: IssuingRun,
): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  for await (const outcome of outcomesOf(context, noColumns, rows, run)) outcomes.push(outcome);
  return outcomes.sort((one, other) => one.row - other.row);
}
