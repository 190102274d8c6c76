import { basename } from 'node:path';
import { blocks } from '@seek-pass-kit/flows/bulk';
import type { CheckedRow } from '@seek-pass-kit/flows/bulk';
import { addressOf } from '../sandbox/sandbox-address.ts';
import type { SandboxAddress } from '../sandbox/sandbox-address.ts';
import { plural } from '../terminal/plural.ts';
import { printable } from '../terminal/printable.ts';
import { tableLines } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

import type { SubmittedLearners } from './submit-learners.ts';

/** All that a trial came to. */
export interface TrialResult extends SubmittedLearners {
  readonly file: string;
  readonly rejected: readonly CheckedRow[];
  /** The sandbox of this run; `undefined` when one that was running already took the learners. */
  readonly sandbox: SandboxAddress | undefined;
}

/** Longer names are cut in the table. */
const nameWidth = 34;

/** The result for programs: one line of JSON. */
export function trialJson({ sandbox, submitted, rejected, failed }: TrialResult): string {
  return JSON.stringify({
    ...(sandbox === undefined ? {} : { sandbox: addressOf(sandbox) }),
    submitted: submitted.map(({ row, id, link }) => ({ ...named(row), id, link })),
    rejected: rejected.map((row) => ({
      ...named(row),
      findings: row.findings.map(({ field, ...finding }) => ({ column: field, ...finding })),
    })),
    failed: failed.map(({ row, code, message }) => ({ ...named(row), code, message })),
  });
}

/** The result for people: who got a link, who did not and why. */
export function printTrial(terminal: Terminal, result: TrialResult): void {
  const { bold, dim, green, red } = terminal.colors;
  const { submitted, rejected, failed } = result;
  const table = tableLines(
    [{ title: 'Row', align: 'right' }, { title: 'Learner', maxWidth: nameWidth }, { title: 'Wallet link' }],
    submitted.map(({ row, link }) => [String(row.row), row.recipient.fullName, link]),
    { columns: terminal.columns, title: dim },
  );
  for (const line of table) terminal.out(line);
  terminal.out('');
  const file = printable(basename(result.file));
  terminal.out(green(`${plural(submitted.length, 'learner')} of ${file} can collect a credential.`));
  if (rejected.length > 0) {
    terminal.out(
      red(
        `${plural(rejected.length, 'row')} cannot be sent and ${rejected.length === 1 ? 'was' : 'were'} left out:`,
      ),
    );
    for (const row of rejected) {
      terminal.out(`  ${bold(`Row ${row.row}`)}  ${printable(row.recipient.fullName)}`);
      for (const { message, remedy } of row.findings.filter(blocks)) {
        terminal.out(`    ${printable(message)}. ${printable(remedy)}`);
      }
    }
  }
  if (failed.length > 0) {
    terminal.out(red(`${plural(failed.length, 'learner')} got no link:`));
    for (const { row, message } of failed) {
      terminal.out(`  ${bold(`Row ${row.row}`)}  ${printable(row.recipient.fullName)}`);
      terminal.out(`    ${printable(message)}`);
    }
  }
}

/** What to do next with a sandbox that stays open. */
export function printNextSteps(terminal: Terminal, { sandbox, submitted }: TrialResult): void {
  const { bold, cyan, dim } = terminal.colors;
  const first = submitted[0];
  if (sandbox === undefined || first === undefined) return;
  const steps = [
    [`Open the link of ${printable(first.row.recipient.fullName)}`, first.link],
    ['Log in with any e-mail address; the code arrives in the mail inbox', sandbox.inboxUrl],
    ['See what SEEK Pass sees, move its clock, break things', sandbox.controlUrl],
  ] as const;
  terminal.out('');
  terminal.out(bold('Now be the learner'));
  for (const [at, [text, link]] of steps.entries()) {
    terminal.out(`  ${at + 1}. ${text}:`);
    terminal.out(`     ${cyan(link)}`);
  }
  terminal.out('');
  terminal.out(dim('The sandbox stays open. Ctrl+C ends it.'));
}

function named(row: CheckedRow): { readonly row: number; readonly key: string; readonly fullName: string } {
  return { row: row.row, key: row.key, fullName: row.recipient.fullName };
}
