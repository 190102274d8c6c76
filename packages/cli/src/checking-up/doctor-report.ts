import { plural } from '../terminal/plural.ts';
import { printable } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';
import type { Area, CheckResult, Finding } from './finding.ts';

const headings: Readonly<Record<Area, string>> = {
  settings: 'Settings',
  seek_pass: 'SEEK Pass',
  store: 'Store',
  keys: 'Keys',
  mail: 'Mail',
  claim_pages: 'Claim pages',
  documents: 'Documents',
  webhooks: 'Webhooks',
  learners: 'Learners',
};

const labels: Readonly<Record<CheckResult, string>> = {
  ok: 'ok',
  warning: 'warning',
  problem: 'problem',
  not_checked: 'to do',
};

const indent = 11;
const widest = 100;

/** The findings for people, part by part, with a count at the end. */
export function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  const { out, colors, columns } = terminal;
  const { bold, cyan, dim, green, red, yellow } = colors;
  const style = { ok: green, warning: yellow, problem: red, not_checked: cyan };
  const width = columns === undefined ? undefined : Math.min(columns, widest) - indent;
  const lines = (text: string): string[] =>
    width === undefined ? [printable(text)] : wrapText(printable(text), Math.max(20, width));
  for (const area of Object.keys(headings) as Area[]) {
    const here = findings.filter((finding) => finding.area === area);
    if (here.length === 0) continue;
    out(bold(headings[area]));
    for (const { result, found, remedy } of here) {
      const [first = '', ...more] = lines(found);
      out(`  ${style[result](labels[result].padEnd(indent - 3))} ${first}`);
      for (const line of [...more, ...(remedy === undefined ? [] : lines(remedy).map((text) => dim(text)))]) {
        out(`${' '.repeat(indent)}${line}`);
      }
    }
    out('');
  }
  out(summary(findings, colors));
}

function summary(findings: readonly Finding[], { green, red, yellow }: Terminal['colors']): string {
  const count = (result: CheckResult): number =>
    findings.filter((finding) => finding.result === result).length;
  const [problems, warnings, toDo] = [count('problem'), count('warning'), count('not_checked')];
  const rest = `${plural(warnings, 'warning')}, ${plural(toDo, 'thing')} to find out yourself.`;
  if (problems > 0) return red(`${plural(problems, 'problem')}, ${rest}`);
  return (warnings > 0 ? yellow : green)(`No problem, ${rest}`);
}
