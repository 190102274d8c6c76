import type { Finding } from '@seek-pass-kit/flows/bulk';
import type { FileFormat } from '../source-file.ts';
import { findingLines } from '../terminal/finding-lines.ts';
import { plural } from '../terminal/plural.ts';
import { printable } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What a finding is about: a row of a CSV file or a workbook (the header is row 1), or a payload of a JSON file (from 1). */
export type Place = { readonly row: number } | { readonly payload: number };

/** Shows findings as they come, so that a file of any length needs no memory. */
export interface ValidationReport {
  readonly add: (place: Place, findings: readonly Finding[]) => void;
  /** The whole file was checked. `blocked`: how many of `checked` cannot be sent. */
  readonly end: (totals: { readonly checked: number; readonly blocked: number }) => void;
  /** The file could not be read to its end. */
  readonly abandon: () => void;
}

/** Which file a report is about. */
export interface ReportSubject {
  readonly file: string;
  readonly format: FileFormat;
}

/** A report for people. */
export function humanReport(terminal: Terminal, { file, format }: ReportSubject): ValidationReport {
  const { colors } = terminal;
  const { bold, green, red, yellow } = colors;
  const unit = format === 'rows' ? 'row' : 'payload';
  let remarks = 0;
  return {
    add(place, findings) {
      terminal.out(bold('row' in place ? `Row ${place.row}` : `Payload ${place.payload}`));
      remarks += findings.filter(({ severity }) => severity === 'warning' || severity === 'info').length;
      for (const line of findingLines(terminal, findings, unit)) terminal.out(line);
      terminal.out('');
    },
    end({ checked, blocked }) {
      const fine = checked - blocked;
      const counts = [
        blocked === 0 ? green(`${plural(fine, unit)} can be sent`) : `${plural(fine, unit)} can be sent`,
        ...(blocked > 0 ? [red(`${blocked} cannot`)] : []),
        ...(remarks > 0 ? [yellow(plural(remarks, 'remark'))] : []),
      ];
      terminal.out(`${printable(file)}: ${counts.join(', ')}.`);
    },
    abandon: () => undefined,
  };
}

/**
 * A report for programs: one JSON document with a finding a line. `complete` is false when the file could not be read to its
 * end.
 */
export function jsonReport(terminal: Terminal, { file, format }: ReportSubject): ValidationReport {
  const field = format === 'rows' ? 'column' : 'path';
  let separator = '';
  let started = false;
  const start = (): void => {
    if (!started) terminal.write(`{"file":${JSON.stringify(file)},"findings":[`);
    started = true;
  };
  const end = (totals: object): void => {
    start();
    terminal.write(`\n],${JSON.stringify(totals).slice(1)}\n`);
  };
  return {
    add(place, findings) {
      start();
      for (const { field: name, ...finding } of findings) {
        terminal.write(`${separator}\n${JSON.stringify({ ...place, [field]: name, ...finding })}`);
        separator = ',';
      }
    },
    end: ({ checked, blocked }) => end({ checked, blocked, complete: true }),
    abandon: () => end({ complete: false }),
  };
}
