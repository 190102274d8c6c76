import type { Brake, BulkRunReport } from '@seek-pass-kit/flows/bulk';
import { plural } from '../terminal/plural.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Shows what issuing a file came to. */
export function printRun(
  { out, colors }: Terminal,
  { outcome, results }: BulkRunReport,
  { awards }: Brake,
): void {
  const { green, red, yellow } = colors;
  const { created, replaces, undocumented, unchanged, refused } = results;
  const issued = created + replaces + undocumented + results['adds-a-second'];
  if (outcome === 'canary_waits') {
    out(yellow(`${plural(issued, 'award')} went out first, and the others wait.`));
    out(
      `When the mails have arrived as they should, repeat the command with --canary-passed --confirm ${awards - issued}.`,
    );
    return;
  }
  out(green(`${plural(issued, 'award')} issued.`));
  if (unchanged > 0) out(`${plural(unchanged, 'award')} had been issued before and did not change.`);
  if (refused > 0) out(red(`${plural(refused, 'row')} could not be issued; --results FILE says why.`));
  if (outcome === 'too_many_refused') {
    out(
      red(
        'Too many rows were refused, so the run stopped. What was issued before stays: correct the file and repeat.',
      ),
    );
  }
  if (issued > 0) out('The mails leave while "seek-pass serve" runs.');
}
