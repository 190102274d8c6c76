import { basisOf, contractChecks } from './run-contract.ts';
import type { Outcome } from './run-contract.ts';

/** The outcomes of both targets; `staging` is undefined when it was not asked. */
export interface ContractOutcomes {
  readonly sandbox: readonly Outcome[];
  readonly staging: readonly Outcome[] | undefined;
}

/** A report and whether all is well: the sandbox does what is expected, and staging the same as the sandbox. */
export interface ContractReport {
  readonly lines: readonly string[];
  readonly ok: boolean;
}

/** The outcomes as a table, differences marked in its last column. */
export function contractReport({ sandbox, staging }: ContractOutcomes): ContractReport {
  const rows = contractChecks.map((check, at) => {
    const here = sandbox[at];
    const there = staging?.[at];
    return [
      check.behaviour,
      check.trying,
      basisOf(check),
      check.expected,
      here?.seen ?? '',
      there?.seen ?? '-',
      verdict(here, there),
    ];
  });
  const titles = ['behaviour', 'trying', 'basis', 'expected', 'sandbox', 'staging', ''];
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const wrong = rows.filter((row) => row.at(-1) !== '').length;
  return {
    lines: [line(titles), ...rows.map(line), '', summary(rows.length, wrong, staging)],
    ok: wrong === 0,
  };
}

function verdict(sandbox: Outcome | undefined, staging: Outcome | undefined): string {
  if (sandbox?.made !== true || !sandbox.asExpected) return 'SANDBOX WRONG';
  if (staging?.made !== true) return '';
  if (!staging.asExpected) return 'STAGING DIFFERS';
  return sandbox.seen === staging.seen ? '' : 'OTHER STATUS';
}

function summary(checks: number, wrong: number, staging: readonly Outcome[] | undefined): string {
  const left = staging?.filter((outcome) => !outcome.made).length ?? 0;
  const asked =
    staging === undefined
      ? 'staging was not asked'
      : left === 0
        ? 'staging was asked everything'
        : `staging was not asked ${left} of them (scopes not granted)`;
  return `${checks} checks, ${wrong} to look at; ${asked}.`;
}
