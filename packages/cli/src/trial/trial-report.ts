import { basename, join } from 'node:path';
import { blocks } from '@seek-pass-kit/flows/bulk';
import { configFileName, trialFolder } from '../config/config-file.ts';
import { addressOf } from '../sandbox/sandbox-address.ts';
import type { SandboxAddress } from '../sandbox/sandbox-address.ts';
import { plural } from '../terminal/plural.ts';
import { printable } from '../terminal/printable.ts';
import { tableLines } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { AwardedLearners, RejectedRow } from './award-learners.ts';

/** All that a trial came to. */
export interface TrialResult extends AwardedLearners {
  readonly file: string;
  /** The sandbox of this run; `undefined` when one that was running already is used. */
  readonly sandbox: SandboxAddress | undefined;
  /** Where the claim pages are while the trial runs. */
  readonly claimPages: string;
  /** The settings by which other commands see the trial; absent when they cannot. */
  readonly config?: string;
  /** How many mails came to what, when the trial waited for them. */
  readonly mails?: Readonly<Record<string, number>>;
}

/** Longer names are cut in the table. */
const nameWidth = 34;

/** The result for programs: one line of JSON. */
export function trialJson({ sandbox, claimPages, config, mails, awarded, rejected }: TrialResult): string {
  return JSON.stringify({
    ...(sandbox === undefined ? {} : { sandbox: addressOf(sandbox) }),
    claimPages,
    config,
    awarded: awarded.map(({ row, awardId, link }) => ({ ...named(row), awardId, link })),
    rejected: rejected.map(({ row, findings }) => ({
      ...named(row),
      findings: findings.map(({ field, ...finding }) => ({ column: field, ...finding })),
    })),
    mails,
  });
}

/** The result for people: who has a claim link, who has none and why. */
export function printTrial(terminal: Terminal, { file, awarded, rejected }: TrialResult): void {
  const { bold, dim, green, red } = terminal.colors;
  const table = tableLines(
    [{ title: 'Row', align: 'right' }, { title: 'Learner', maxWidth: nameWidth }, { title: 'Claim link' }],
    awarded.map(({ row, link }) => [String(row.row), row.recipient.fullName, link]),
    { columns: terminal.columns, title: dim },
  );
  for (const line of table) terminal.out(line);
  terminal.out('');
  terminal.out(
    green(`${plural(awarded.length, 'learner')} of ${printable(basename(file))} can claim a credential.`),
  );
  if (rejected.length === 0) return;
  terminal.out(
    red(
      `${plural(rejected.length, 'row')} cannot be issued and ${rejected.length === 1 ? 'was' : 'were'} left out:`,
    ),
  );
  for (const { row, findings } of rejected) {
    terminal.out(`  ${bold(`Row ${row.row}`)}  ${printable(row.recipient.fullName)}`);
    for (const { message, remedy } of findings.filter(blocks)) {
      terminal.out(`    ${printable(message)}. ${printable(remedy)}`);
    }
  }
}

/** What to do next while the trial stays open. */
export function printNextSteps(terminal: Terminal, { sandbox, awarded, config }: TrialResult): void {
  const { bold, cyan, dim } = terminal.colors;
  const [first] = awarded;
  if (first === undefined) return;
  const { row, link } = first;
  const steps: readonly (readonly [text: string, ...places: string[]])[] = [
    [
      `Open the mail to ${printable(row.recipient.fullName)} in the mail inbox, and follow its link:`,
      sandbox?.inboxUrl ?? 'the inbox of your sandbox',
    ],
    ['Ask for a code on the page that opens. It arrives in the same inbox. The page without the mail:', link],
    ['Add the credential, and log in at SEEK Pass, which the sandbox plays, with any e-mail address.'],
    ...(config === undefined
      ? []
      : [
          [
            'Watch it turn to "added", in a second terminal:',
            `npx seek-pass status ${printable(row.key)} --watch${isUsual(config) ? '' : ` --config ${config}`}`,
          ] as const,
        ]),
    ...(sandbox === undefined
      ? []
      : [['See what SEEK Pass sees, move its clock, break things:', sandbox.controlUrl] as const]),
  ];
  terminal.out('');
  terminal.out(bold('Now be the learner'));
  for (const [at, [text, ...places]] of steps.entries()) {
    terminal.out(`  ${at + 1}. ${text}`);
    for (const place of places) terminal.out(`     ${cyan(place)}`);
  }
  terminal.out('');
  terminal.out(dim('The trial stays open. Ctrl+C ends it.'));
}

/** Whether the commands find the trial without being told. */
function isUsual(config: string): boolean {
  return config === join(trialFolder, configFileName);
}

function named({ row, key, recipient }: RejectedRow['row']) {
  return { row, key, fullName: recipient.fullName };
}
