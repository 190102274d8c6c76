import { type Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { connectionSettings } from '../connection-settings.ts';
import type { InitOptions } from '../setting-up/answers.ts';
import { groups } from './groups.ts';
import { portNumber } from './options.ts';

/** `seek-pass init`: writes and checks the settings of an issuer. */
export function addInitCommand(program: Command, context: CommandContext): void {
  program
    .command('init')
    .helpGroup(groups.setUp)
    .summary('write the settings of your institution, and check them')
    .description(
      'Asks what it needs to know, writes seek-pass.config.yaml and seek-pass.secrets.json (readable by you only), and checks them by starting with them. It overwrites nothing and sends nothing to learners. What is given as an option is not asked.',
    )
    .option('--config <file>', 'the config file to write', 'seek-pass.config.yaml')
    .addOption(
      new Option('--environment <name>', 'which SEEK Pass to connect to').choices([
        'sandbox',
        'staging',
        'production',
      ]),
    )
    .option('--base-url <url>', 'address of SEEK Pass; staging has a published one')
    .option('--client-id <id>', 'client id, as SEEK Pass handed it over')
    .option('--scopes <list>', 'scopes that SEEK Pass granted, with commas between them')
    .option('--name <text>', 'the institution, as its learners know it')
    .option(
      '--claim-url <url>',
      'where the claim pages will be, such as https://credentials.example.edu/claim',
    )
    .addOption(
      new Option('--store <kind>', 'embedded: a folder here, for trials').choices(['embedded', 'postgres']),
    )
    .option('--from <address>', 'e-mail address that the mails come from')
    .option('--smtp-host <name>', 'mail server')
    .addOption(new Option('--smtp-port <number>', 'its port').argParser(portNumber))
    .addOption(
      new Option('--smtp-security <kind>', 'of the connection to it').choices(['starttls', 'tls', 'none']),
    )
    .option('--smtp-user <name>', 'user name at it')
    .option('--yes', 'ask nothing: take what is suggested')
    .option('--json', 'print one line of JSON')
    .addHelpText(
      'after',
      `
There is no option for a secret. They are asked for without showing them, or come from the environment:
${connectionSettings.clientSecret}, SEEK_PASS_DATABASE_URL, SEEK_PASS_SMTP_PASSWORD.

Examples:
  seek-pass init
  seek-pass init --environment sandbox --client-id sandbox-… --yes
  seek-pass init --environment staging --config staging/seek-pass.config.yaml`,
    )
    .action(async (options: InitOptions) => {
      const { runInit } = await import('../setting-up/run-init.ts');
      await runInit(options, context);
    });
}
