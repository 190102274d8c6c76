import type { Command } from 'commander';
import type { GrantsOptions } from '../auditing/print-grants.ts';
import type { HeadOptions } from '../auditing/print-head.ts';
import type { ShowTrailOptions } from '../auditing/show-trail.ts';
import type { VerifyTrailOptions } from '../auditing/verify-trail.ts';
import type { CommandContext } from '../command-context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { groups } from './groups.ts';
import { configOption } from './options.ts';

/** `seek-pass audit`: who did what, and whether the record of it is as it was written. */
export function addAuditCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  const audit = program
    .command('audit')
    .helpGroup(groups.account)
    .helpCommand(false)
    .summary('show who did what, and prove that the record was not changed')
    .description(
      'Shows who did what, when and why, and checks that nobody changed, deleted or added a line of it. Holds ids only, nothing personal.',
    )
    .addHelpText(
      'after',
      `
Examples:
  seek-pass audit verify --head /mnt/elsewhere/audit-heads.jsonl
  seek-pass audit show --about award:SQL-2025-001
  seek-pass audit show --since 2026-11-01 --csv > november.csv
  seek-pass audit head >> /mnt/elsewhere/audit-heads.jsonl
  seek-pass audit grants --role seek_pass_app | psql "$OWNER_DATABASE_URL"`,
    );

  audit
    .command('verify')
    .summary('check that the record is as it was written')
    .description(
      'Goes through the whole chain and every line that hangs on it, and names what was changed, deleted or added. It changes nothing, and may run beside "seek-pass serve". Exit code 1: something is not as it was written.',
    )
    .addOption(configOption())
    .option('--head <file>', 'heads that were kept elsewhere: only with them a cut end is noticed')
    .option('--json', 'print one line of JSON')
    .action(async (options: VerifyTrailOptions) => {
      const { verifyTrail } = await import('../auditing/verify-trail.ts');
      end(await verifyTrail(options, context));
    });

  audit
    .command('show')
    .summary('show who did what, when and why')
    .description(
      'Lists the record in the order of time: awards, people’s data, keys, webhooks, the kill switch. Times are UTC.',
    )
    .addOption(configOption())
    .option(
      '--about <what>',
      'only what was done to this: award:<key>, recipient:<id>, key:<id>, webhook:<id>, …',
    )
    .option('--since <time>', 'only from then on: 2026-11-01, or 2026-11-01T09:00Z')
    .option('--csv', 'print CSV, which no spreadsheet takes for formulas')
    .option('--json', 'print one line of JSON for each')
    .action(async (options: ShowTrailOptions) => {
      const { showTrail } = await import('../auditing/show-trail.ts');
      end(await showTrail(options, context));
    });

  audit
    .command('head')
    .summary('print the end of the chain, to be kept elsewhere')
    .description(
      'Prints the newest link as one line of JSON, as "seek-pass serve" appends it to its file once a day. Keep it where whoever may write to the database cannot.',
    )
    .addOption(configOption())
    .action(async (options: HeadOptions) => {
      const { printHead } = await import('../auditing/print-head.ts');
      end(await printHead(options, context));
    });

  audit
    .command('grants')
    .summary('print SQL for a database user that can add to the record and not change it')
    .description(
      'Prints statements to be run by the owner of the schema, after each upgrade: they let the role do what "seek-pass serve" does, and nothing else. Then set store.postgres.migrations to check, and connect as that role.',
    )
    .addOption(configOption())
    .requiredOption('--role <name>', 'the database user of the application; it must exist')
    .action(async (options: GrantsOptions) => {
      const { printGrants } = await import('../auditing/print-grants.ts');
      end(await printGrants(options, context));
    });
}
