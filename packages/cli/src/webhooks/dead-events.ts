import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { plural } from '../terminal/plural.ts';
import { tableLines } from '../terminal/table.ts';
import type { WebhooksOptions } from './list-webhooks.ts';
import { withInbox } from './open-inbox.ts';

/** As many as a person looks at. */
const most = 1_000;

/** Lists the events that a handler has given up. */
export async function listDeadEvents(options: WebhooksOptions, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const settings = await readSettings(options.config, context);
  const dead = await withInbox(settings, (inbox) => inbox.dead(most));
  const rows = dead.map(({ eventId, handler, reason, attempts, at, requestId }) => ({
    eventId,
    handler,
    reason,
    attempts,
    at: new Date(at).toISOString(),
    requestId,
  }));
  if (options.json === true) {
    for (const row of rows) terminal.out(JSON.stringify(row));
  } else if (rows.length === 0) terminal.out('No event was given up.');
  else {
    const columns = [
      { title: 'since' },
      { title: 'handler' },
      { title: 'tries', align: 'right' as const },
      { title: 'failed with' },
      { title: 'event' },
    ];
    const cells = rows.map((row) => [
      row.at,
      row.handler,
      String(row.attempts),
      row.reason ?? '',
      row.eventId,
    ]);
    const { columns: width, colors } = terminal;
    for (const line of tableLines(columns, cells, { columns: width, title: colors.bold })) terminal.out(line);
    terminal.note(terminal.noteColors.dim('Mend the cause, then: seek-pass webhooks replay <event>'));
  }
  return rows.length === 0 ? exitCodes.ok : exitCodes.problemsFound;
}

/** Options of `seek-pass webhooks replay`. */
export interface ReplayOptions extends WebhooksOptions {
  readonly handler?: string;
}

/** Hands an event to its handlers once more. */
export async function replayEvent(
  eventId: string,
  options: ReplayOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, who } = context;
  const settings = await readSettings(options.config, context);
  const { handler } = options;
  const result = await withInbox(settings, (inbox) =>
    inbox.replay({ eventId, who, ...(handler === undefined ? {} : { handler }) }),
  );
  if (result.outcome === 'unknown_event')
    throw new CommandError(
      'wrong_usage',
      'There is no such event: take its id from seek-pass webhooks dead.',
    );
  if (result.outcome === 'unknown_handler')
    throw new CommandError(
      'wrong_usage',
      'The event has no such handler: leave --handler out for all that failed.',
    );
  if (options.json === true) terminal.out(JSON.stringify({ eventId, ...result }));
  else if (result.outcome === 'nothing_to_do')
    terminal.out('Nothing to do: it waits for its handlers already, or they are done.');
  else
    terminal.out(
      `${plural(result.handlers.length, 'handler')} of "seek-pass serve" will get it once more: ${result.handlers.join(', ')}.`,
    );
  return exitCodes.ok;
}
