import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { CreateWebhookOptions } from '../webhooks/create-webhook.ts';
import type { ReplayOptions } from '../webhooks/dead-events.ts';
import type { ListenOptions } from '../webhooks/listen.ts';
import type { WebhooksOptions } from '../webhooks/list-webhooks.ts';
import type { RotateWebhookOptions } from '../webhooks/rotate-webhook.ts';
import type { TriggerOptions } from '../webhooks/trigger-event.ts';
import { groups } from './groups.ts';
import { configOption } from './options.ts';

const jsonHelp = 'print JSON, one line each';

/** `seek-pass webhooks`: has SEEK Pass send events here, and looks after them. */
export function addWebhooksCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  const webhooks = program
    .command('webhooks')
    .helpGroup(groups.setUp)
    .summary('have SEEK Pass tell you about verifications')
    .description(
      'SEEK Pass sends an event when a verification has ended; "seek-pass serve" receives it where the setting "webhooks" says. These commands set that up, look after it, and try it out on the sandbox.',
    )
    .addHelpText(
      'after',
      `
Examples:
  seek-pass webhooks create
  seek-pass webhooks list --json
  seek-pass webhooks rotate
  seek-pass webhooks listen --forward-to http://127.0.0.1:3000/webhooks
  seek-pass webhooks trigger vwsp_request.verified --duplicate 2`,
    );

  webhooks
    .command('list')
    .summary('show the webhooks at SEEK Pass and what waits here')
    .description(
      'Lists the webhooks of this client at SEEK Pass, whether their secrets are held here, and the events that wait, are parked or were given up. Exit code 1: the receiver of the settings cannot verify anything.',
    )
    .addOption(configOption())
    .option('--json', jsonHelp)
    .action(async (options: WebhooksOptions) => {
      const { listWebhooks } = await import('../webhooks/list-webhooks.ts');
      end(await listWebhooks(options, context));
    });

  webhooks
    .command('create')
    .summary('have SEEK Pass send to the receiver of the settings')
    .description(
      'Registers the address of the receiver at SEEK Pass and stores the secret, sealed. Doing it again makes no second one.',
    )
    .addOption(configOption())
    .option('--name <name>', 'what SEEK Pass shows it by')
    .option('--rotate', 'if it is there and its secret is not known here, give it a new one without asking')
    .option('--json', jsonHelp)
    .action(async (options: CreateWebhookOptions) => {
      const { createWebhook } = await import('../webhooks/create-webhook.ts');
      end(await createWebhook(options, context));
    });

  webhooks
    .command('rotate')
    .summary('replace the secret; no verification is lost')
    .description(
      'Gives the webhook of the receiver a new secret. Events go on coming in meanwhile; what fits neither secret is judged again, and open verifications are asked about. You type a word to confirm it.',
    )
    .addOption(configOption())
    .option('--yes', 'confirm it in a script; at a terminal the word is asked for all the same')
    .option('--json', jsonHelp)
    .action(async (options: RotateWebhookOptions) => {
      const { rotateWebhook } = await import('../webhooks/rotate-webhook.ts');
      end(await rotateWebhook(options, context));
    });

  webhooks
    .command('listen')
    .summary('print the events of a sandbox as they come')
    .description(
      'Has the sandbox send its events to this command, which prints them and passes them on as they came, signature and all. For writing your own receiver; until you end it.',
    )
    .addOption(configOption())
    .option('--forward-to <url>', 'pass each event on to this address')
    .option('--json', jsonHelp)
    .action(async (options: ListenOptions) => {
      const { listen } = await import('../webhooks/listen.ts');
      await listen(options, context);
    });

  webhooks
    .command('trigger')
    .summary('make up events and send them to the receiver')
    .description(
      'Makes up events, signs them with the secret of the webhook, and posts them to the receiver of the settings, which must be running. Against the sandbox only.',
    )
    .argument('<type>', 'vwsp_request.verified, vwsp_request.canceled, or any other text')
    .addOption(configOption())
    .option(
      '--request-id <id...>',
      'of which verification; several make an event each (default: a made-up one)',
    )
    .addOption(new Option('--delay <time>', 'wait before the first: 500ms, 3s, 2m').argParser(duration))
    .addOption(new Option('--duplicate <times>', 'send each so many times').argParser(times))
    .option('--reorder', 'send the newest first')
    .option('--json', jsonHelp)
    .action(async (type: string, options: TriggerOptions) => {
      const { triggerEvents } = await import('../webhooks/trigger-event.ts');
      end(await triggerEvents(type, options, context));
    });

  webhooks
    .command('dead')
    .summary('list the events that a handler has given up')
    .description(
      'Lists the events that a handler failed with until it was given up. Exit code 1: there are some.',
    )
    .addOption(configOption())
    .option('--json', jsonHelp)
    .action(async (options: WebhooksOptions) => {
      const { listDeadEvents } = await import('../webhooks/dead-events.ts');
      end(await listDeadEvents(options, context));
    });

  webhooks
    .command('replay')
    .summary('hand an event to its handlers once more')
    .description(
      'Hands a stored event to the handlers that gave it up, parked it or wait after a failure. Doing it twice does no more than once.',
    )
    .argument('<event>', 'the id of the event, as "seek-pass webhooks dead" has it')
    .addOption(configOption())
    .option('--handler <name>', 'only to this one, also when it is done with it')
    .option('--json', jsonHelp)
    .action(async (eventId: string, options: ReplayOptions) => {
      const { replayEvent } = await import('../webhooks/dead-events.ts');
      end(await replayEvent(eventId, options, context));
    });
}

function duration(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,7})(ms|s|m)$/.exec(text) ?? [];
  const factor = { ms: 1, s: 1_000, m: 60_000 }[unit];
  if (factor === undefined) throw new InvalidArgumentError('Write it like 500ms, 3s or 2m.');
  return Number(number) * factor;
}

function times(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 1_000) return number;
  throw new InvalidArgumentError('Give a whole number from 1 to 1000.');
}
