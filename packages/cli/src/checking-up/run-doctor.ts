import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printFindings } from './doctor-report.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import { sendTestMail } from './send-test-mail.ts';

/** Options of `seek-pass doctor`. */
export interface DoctorOptions {
  readonly config?: string;
  readonly sendTestMail?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** Looks at a setup, says what is wrong and how to mend it, and changes nothing. */
export async function runDoctor(options: DoctorOptions, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const { findings: found, settings } = await examine(options.config, context);
  const findings: Finding[] = [...found];
  if (options.sendTestMail !== undefined && settings !== undefined) {
    const yes = options.yes === true;
    findings.push({
      area: 'mail',
      ...(await sendTestMail(options.sendTestMail, settings, { yes }, context)),
    });
  }
  if (options.json === true) terminal.out(JSON.stringify({ findings }));
  else printFindings(terminal, findings);
  return findings.some(({ result }) => result === 'problem') ? exitCodes.problemsFound : exitCodes.ok;
}
