import type { Brake, DryRunReport } from '@seek-pass-kit/flows/bulk';
import { durationInWords } from '../terminal/duration.ts';
import { findingLines } from '../terminal/finding-lines.ts';
import { plural } from '../terminal/plural.ts';
import { printable } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Rows with findings that are shown; the file of results has all. */
const mostShown = 20;

/** Shows what issuing a file would do. */
export function printDryRun(terminal: Terminal, file: string, report: DryRunReport, brake: Brake): void {
  const { out, colors } = terminal;
  const { bold, green, red, yellow } = colors;
  const { results, unusedColumns, examples, estimate } = report;
  for (const { row, findings } of examples.slice(0, mostShown)) {
    out(bold(`Row ${row}`));
    for (const line of findingLines(terminal, findings, 'row')) out(line);
    out('');
  }
  const withFindings = examples.length;
  if (withFindings > mostShown) {
    out(yellow(`More rows have findings: name a file with --results to see them all.`));
    out('');
  }
  out(bold(`${printable(file)}: ${plural(report.rows, 'row')}${formatOf(report)}`));
  for (const [count, what, colour] of [
    [results.created, 'new', green],
    [results.unchanged, 'issued already, and unchanged', undefined],
    [results.replaces, 'corrected; the new one replaces the old one in the wallet', yellow],
    [results['adds-a-second'], 'corrected; a wallet that has the old one will have both', yellow],
    [results.undocumented, 'corrected; SEEK Pass does not say what becomes of the old one', yellow],
    [results.refused, 'cannot be issued', red],
  ] as const) {
    if (count > 0) out(`  ${(colour ?? String)(String(count).padStart(6))}  ${what}`);
  }
  if (unusedColumns.length > 0) {
    out(`Nothing is taken from: ${unusedColumns.map(printable).join(', ')}.`);
  }
  if (brake.awards > 0) {
    const mailing =
      estimate.mailingMs === undefined ? '' : `, which takes ${durationInWords(estimate.mailingMs)} at least`;
    out(
      `${plural(report.people, 'person', 'people')} ${report.people === 1 ? 'gets' : 'get'} a mail${mailing}.`,
    );
  }
  if (brake.tooManyRefused) {
    out(
      red(
        `More than ${brake.mostRefused} rows cannot be issued: nothing is issued until the file is corrected.`,
      ),
    );
  }
}

function formatOf({ format }: DryRunReport): string {
  if (format.format === 'csv') {
    const delimiter = format.delimiter === '\t' ? 'a tab' : `"${format.delimiter}"`;
    return ` (CSV, ${format.encoding}, ${delimiter} between values)`;
  }
  const others =
    format.otherSheets.length === 0 ? '' : `; not read: ${format.otherSheets.map(printable).join(', ')}`;
  return ` (Excel, sheet ${printable(format.sheet)}${others})`;
}
