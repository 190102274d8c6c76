import type { EndpointStanding } from '@seek-pass-kit/flows';
import type { CommandContext } from '../command-context.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { plural } from '../terminal/plural.ts';
import { tableLines } from '../terminal/table.ts';
import { inSeekPassTerms } from './in-seek-pass-terms.ts';
import { receiverUrlOf, withInbox } from './open-inbox.ts';

/** Options that every part of `seek-pass webhooks` has. */
export interface WebhooksOptions {
  readonly config?: string;
  readonly json?: true;
}

/** Lists the webhooks at SEEK Pass, whether we hold their secrets, and what waits in the inbox. */
export async function listWebhooks(options: WebhooksOptions, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const settings = await readSettings(options.config, context);
  const [endpoints, events] = await withInbox(settings, (inbox) =>
    inSeekPassTerms(Promise.all([inbox.endpoints(), inbox.counts()])),
  );
  const url = receiverUrlOf(settings.config);
  const ready = endpoints.some(({ ours, atSeekPass, secretHeld }) => ours && atSeekPass && secretHeld);
  if (options.json === true) {
    terminal.out(JSON.stringify({ receiver: url, ready, endpoints: endpoints.map(forPrograms), events }));
    return ready ? exitCodes.ok : exitCodes.problemsFound;
  }
  const { bold, yellow } = terminal.colors;
  if (endpoints.length > 0) {
    const rows = endpoints.map((endpoint) => [endpoint.id, standingOf(endpoint), endpoint.url ?? '']);
    const columns = [{ title: 'id' }, { title: 'secret' }, { title: 'url' }];
    for (const line of tableLines(columns, rows, { columns: terminal.columns, title: bold })) {
      terminal.out(line);
    }
  }
  if (!ready) {
    const found = endpoints.some(({ ours, atSeekPass }) => ours && atSeekPass);
    terminal.out(
      yellow(
        found
          ? `Nothing can be verified at ${url}: its secret is not known here. Run: seek-pass webhooks rotate`
          : `SEEK Pass sends nothing to ${url}. Run: seek-pass webhooks create`,
      ),
    );
  }
  const { waiting, parked, dead } = events;
  if (waiting > 0) terminal.out(`${plural(waiting, 'event')} waiting for a handler.`);
  if (parked > 0)
    terminal.out(`${plural(parked, 'event')} parked: of verifications that are not known here.`);
  if (dead > 0) terminal.out(yellow(`${plural(dead, 'event')} given up. Run: seek-pass webhooks dead`));
  return ready ? exitCodes.ok : exitCodes.problemsFound;
}

function standingOf({ ours, atSeekPass, secretHeld, rotatingSince }: EndpointStanding): string {
  if (!atSeekPass) return 'deleted at SEEK Pass';
  if (rotatingSince !== undefined) return `rotating since ${new Date(rotatingSince).toISOString()}`;
  if (secretHeld) return 'held here';
  return ours ? 'not known here' : 'of another system';
}

function forPrograms({ secretSince, rotatingSince, ...endpoint }: EndpointStanding): object {
  return {
    ...endpoint,
    ...(secretSince === undefined ? {} : { secretSince: new Date(secretSince).toISOString() }),
    ...(rotatingSince === undefined ? {} : { rotatingSince: new Date(rotatingSince).toISOString() }),
  };
}
