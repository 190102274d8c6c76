import { finishErasures as finish, type FinishReport } from '@seek-pass-kit/flows';
import type { CommandContext } from '../command-context.ts';
import { keyFileOf } from '../config/key-file.ts';
import { secretsFileName } from '../config/secrets-file.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withFlow } from '../flow/open-flow.ts';
import { plural } from '../terminal/plural.ts';
import { wrapAfter } from '../terminal/wrap-text.ts';
import { dayOf } from './report-lines.ts';

/** Options of `seek-pass erase finish`. */
export interface FinishOptions {
  readonly config?: string;
  readonly onlyRotate?: true;
  readonly json?: true;
}

/** Takes the keys out of the secrets file that could still open what was erased. */
export async function finishErasures(options: FinishOptions, context: CommandContext): Promise<ExitCode> {
  const { terminal, who } = context;
  const settings = await readSettings(options.config, context);
  const keyFile = keyFileOf(settings);
  const onlyRotate = options.onlyRotate === true;
  const report = await withFlow(settings, (flow) => finish([flow], { keyFile, who, onlyRotate }));
  if (options.json === true) terminal.out(JSON.stringify(report));
  else
    for (const sentence of linesOf(report))
      for (const line of wrapAfter('', sentence, terminal.columns)) terminal.out(line);
  return exitCodes.ok;
}

function linesOf(report: FinishReport): string[] {
  switch (report.outcome) {
    case 'nothing_pending':
      return ['Nothing to finish: no erasure waits for its keys to go.'];
    case 'rotated':
      return [
        `The key ring has a new key, ${report.currentKeyId}, and the former ones still.`,
        `Copy ${secretsFileName} to the other machines, then run "seek-pass erase finish" without --only-rotate.`,
      ];
    case 'keys_dropped':
      return [
        `${plural(report.erasures, 'erasure')} finished: ${report.droppedKeyIds.join(', ')} went out of ${secretsFileName}, and ${plural(report.rewrapped, 'key')} came under the new one.`,
        `Back ${secretsFileName} up now. Complete on ${dayOf(report.completeAt)}, when its older backups have expired.`,
        'On other machines, replace it with this one.',
      ];
  }
}
