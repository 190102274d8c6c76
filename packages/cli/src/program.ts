import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { CommandError } from './command-error.ts';
import type { CommandContext } from './command-context.ts';
import { addAuditCommand } from './commands/audit.ts';
import { addAwardCommand } from './commands/award.ts';
import { addCompletionCommand } from './commands/completion.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addEraseCommand } from './commands/erase.ts';
import { addInitCommand } from './commands/init.ts';
import { addRehearseCommand } from './commands/rehearse.ts';
import { addReportCommand } from './commands/report.ts';
import { addResendCommand } from './commands/resend.ts';
import { addSandboxCommand } from './commands/sandbox.ts';
import { addServeCommand } from './commands/serve.ts';
import { addStatusCommand } from './commands/status.ts';
import { addTryCommand } from './commands/try.ts';
import { addValidateCommand } from './commands/validate.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { addWebhooksCommand } from './commands/webhooks.ts';
import { addWithdrawCommand } from './commands/withdraw.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { printable } from './terminal/printable.ts';

/** Runs one command line (without the names of node and the program) and says how the process is to end. */
export async function run(argv: readonly string[], context: CommandContext): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const program = createProgram(context, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // Help, version and wrong usage: commander has said what there is to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.wrongUsage;
    return tell(error, context);
  }
}

/** All commands, with their help. Nothing runs before it is given a command line. */
export function createProgram(context: CommandContext, end: (code: ExitCode) => void): Command {
  const { terminal } = context;
  const program = new Command('seek-pass')
    .description('Connect your systems to SEEK Pass: issue credentials, follow them, try out the whole way.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    // So that a part of a command may have options of the same name as the command itself.
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .showHelpAfterError('(seek-pass --help shows what there is)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => terminal.draw(text),
      outputError: (text, write) =>
        write(text.replace(/^error: (.)/, (_, first: string) => first.toUpperCase())),
      getOutHelpWidth: () => terminal.columns ?? 100,
    })
    .configureHelp({ styleTitle: (title) => terminal.colors.bold(title) })
    .addHelpText(
      'after',
      `
Start here:
  seek-pass try                      50 made-up learners, from a CSV file to a wallet
  seek-pass validate learners.csv    what is wrong with your own file
  seek-pass init                     settings of your institution; then award and serve

There is no option for a secret: secrets are in a file that only you can read, or in the environment.
Exit codes: 0 done, 1 problems found, 2 wrong usage, setting or file, 3 your word is needed.`,
    );
  addTryCommand(program, context, end);
  addSandboxCommand(program, context);
  addValidateCommand(program, context, end);
  addVerifyCommand(program, context, end);
  addDoctorCommand(program, context, end);
  addRehearseCommand(program, context, end);
  addInitCommand(program, context);
  addAwardCommand(program, context, end);
  addServeCommand(program, context);
  addStatusCommand(program, context, end);
  addReportCommand(program, context, end);
  addResendCommand(program, context, end);
  addWithdrawCommand(program, context, end);
  addEraseCommand(program, context, end);
  addAuditCommand(program, context, end);
  addWebhooksCommand(program, context, end);
  addCompletionCommand(program, context);
  return program;
}

/** Says in one place, for all commands, what went wrong. A stack is for us: only on request. */
function tell(error: unknown, { terminal, environment }: CommandContext): ExitCode {
  const { red, dim } = terminal.noteColors;
  const expected = error instanceof CommandError || isBulkError(error);
  const sentences = error instanceof Error ? error.message : String(error);
  if (expected) {
    for (const sentence of sentences.split('\n')) terminal.note(red(printable(sentence)));
  } else {
    terminal.note(red('seek-pass failed in a way we did not foresee: please report it.'));
    terminal.note(
      dim('DEBUG=1 shows the details; look through them for personal data before you share them.'),
    );
  }
  if ((environment['DEBUG'] ?? '') !== '' && error instanceof Error) terminal.note(dim(error.stack ?? ''));
  if (!expected) return exitCodes.unexpected;
  return error instanceof CommandError && error.code === 'not_confirmed'
    ? exitCodes.wordNeeded
    : exitCodes.wrongUsage;
}

/** By its name: its module would make every start slower. */
function isBulkError(error: unknown): boolean {
  return error instanceof Error && error.name === 'BulkError';
}

function packageVersion(): string {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  return version;
}
