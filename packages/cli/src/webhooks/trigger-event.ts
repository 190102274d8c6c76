import { randomUUID } from 'node:crypto';
import type { Inbox, SampleDelivery } from '@seek-pass-kit/flows';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printable } from '../terminal/printable.ts';
import type { WebhooksOptions } from './list-webhooks.ts';
import { withInbox } from './open-inbox.ts';
import { postEvent } from './post-event.ts';

/** Options of `seek-pass webhooks trigger`. */
export interface TriggerOptions extends WebhooksOptions {
  /** One event each. */
  readonly requestId?: readonly string[];
  /** Milliseconds. */
  readonly delay?: number;
  /** How often each is sent. */
  readonly duplicate?: number;
  readonly reorder?: true;
}

/** Makes up events, signs them with the secret of the sandbox's webhook, and posts them to the receiver. */
export async function triggerEvents(
  type: string,
  options: TriggerOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, stopped } = context;
  const settings = await readSettings(options.config, context);
  if (settings.config.environment !== 'sandbox') {
    throw new CommandError(
      'wrong_setting',
      'Events are made up against the sandbox only: environment is not sandbox. Elsewhere SEEK Pass sends them.',
    );
  }
  return withInbox(settings, async (inbox) => {
    await mustHaveSecret(inbox);
    const { requestId = [randomUUID()], delay = 0, duplicate = 1, reorder } = options;
    const events = requestId.map((id) => ({ eventId: randomUUID(), requestId: id, type }));
    if (reorder === true) events.reverse();
    const wait = new Promise<void>((resolve) => {
      setTimeout(resolve, delay);
    });
    await Promise.race([wait, stopped()]);
    let taken = true;
    for (const event of events) {
      for (let copy = 1; copy <= duplicate; copy += 1) {
        const delivery = inbox.sample(event);
        const answer = await postEvent(delivery);
        taken &&= answer.status === 204;
        tell(event, delivery, answer);
      }
    }
    return taken ? exitCodes.ok : exitCodes.problemsFound;
  });

  function tell(
    event: { readonly eventId: string; readonly requestId: string },
    { url }: SampleDelivery,
    { status, error }: { readonly status?: number; readonly error?: string },
  ): void {
    if (options.json === true) {
      terminal.out(JSON.stringify({ ...event, type, url, status: status ?? null, error: error ?? null }));
      return;
    }
    const { green, red } = terminal.colors;
    const answer = status === 204 ? green('204') : red(String(status ?? error));
    terminal.out(`${answer}  ${printable(type)}  ${printable(event.requestId)}  event ${event.eventId}`);
    if (status === undefined) terminal.note(`Nothing answers at ${url}: is "seek-pass serve" running?`);
  }
}

async function mustHaveSecret(inbox: Inbox): Promise<void> {
  const endpoints = await inbox.endpoints();
  if (endpoints.some(({ ours, secretHeld }) => ours && secretHeld)) return;
  throw new CommandError(
    'wrong_setting',
    'The receiver has no secret yet: run seek-pass webhooks create first.',
  );
}
