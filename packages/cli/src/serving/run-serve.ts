import { SeekPassError } from '@seek-pass-kit/core';
import type { MailPort } from '@seek-pass-kit/flows';
import { createHostRecord, type HostLogger } from '@seek-pass-kit/flows/node';
import type { CommandContext } from '../command-context.ts';
import { given } from '../config/given.ts';
import { readSettings, type Settings } from '../config/settings.ts';
import { openFlow } from '../flow/open-flow.ts';
import { openMail } from '../flow/open-mail.ts';
import { boxLines } from '../terminal/box.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { keepHead } from './keep-head.ts';
import { humanLog, jsonLog } from './serve-log.ts';
import { type Serving, startServing } from './start-serving.ts';
import { openTelemetry } from './open-telemetry.ts';

/** Options of `seek-pass serve`. */
export interface ServeOptions {
  readonly config?: string;
  readonly json?: true;
}

/** Serves claim pages, sends mails and follows submissions until it is told to stop. */
export async function runServe(options: ServeOptions, context: CommandContext): Promise<void> {
  const { terminal, now } = context;
  const stopped = context.stopped();
  const settings = await readSettings(options.config, context);
  const log =
    options.json === true ? jsonLog(terminal, now, settings.config.serve?.logLevel) : humanLog(terminal);
  const mail = await openMail(settings);
  try {
    const host = await openHost(settings, mail, log);
    if (options.json === true) terminal.out(JSON.stringify(placesOf(settings, host)));
    else printPlaces(terminal, placesOf(settings, host));
    await stopped;
    await host.close();
  } finally {
    mail.close();
  }
}

async function openHost(settings: Settings, mail: MailPort, log: HostLogger): Promise<Serving> {
  const record = createHostRecord();
  const telemetry = await openTelemetry();
  const opened = await openFlow(settings, {
    mail,
    onSeekPassEvent: record.onSeekPassEvent,
    ...given({ telemetry }),
    onNotice(notice) {
      record.onNotice(notice);
      log(notice);
    },
    onAuditHead: keepHead(settings, log),
    onEvent: ({ type, awardId }) => log({ event: 'award', type, awardId }),
  });
  try {
    return await startServing(opened, settings, {
      record,
      logger: log,
      ...given({ telemetry }),
      onClaimError: (error, { route, awardId }) =>
        log({ event: 'claim_failed', route, error: nameOf(error), ...given({ awardId }) }),
    });
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Where everything is, as the ready line of `--json` says it. */
interface Places {
  readonly claimPages: string;
  readonly listening: string;
  readonly health: string;
  readonly metrics?: string;
  /** By name: the verify flow, webhooks, documents. */
  readonly parts?: Readonly<Record<string, string>>;
}

function placesOf({ config }: Settings, { port, metricsPort, parts }: Serving): Places {
  const hostname = config.serve?.host ?? '127.0.0.1';
  const listening = `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
  return {
    claimPages: config.claimBaseUrl,
    listening,
    health: `${listening}/health/ready`,
    ...(metricsPort === undefined ? {} : { metrics: `http://127.0.0.1:${metricsPort}/metrics` }),
    ...(parts.length === 0 ? {} : { parts: Object.fromEntries(parts.map(({ name, url }) => [name, url])) }),
  };
}

function printPlaces(
  terminal: Terminal,
  { claimPages, listening, health, metrics, parts = {} }: Places,
): void {
  const { bold, dim } = terminal.colors;
  const entries = [
    ['Claim pages', claimPages],
    ...Object.entries(parts),
    ['Listening on', listening],
    ['Health', health],
    ...(metrics === undefined ? [] : ([['Metrics', metrics]] as const)),
  ] as ReadonlyArray<readonly [string, string]>;
  const box = boxLines('seek-pass is serving', entries, { columns: terminal.columns, bold, dim });
  for (const line of box) terminal.out(line);
  terminal.out('');
  terminal.out(dim('Learners claim, mails leave, SEEK Pass is asked. Ctrl+C ends it.'));
}

/** Of an error only what cannot hold anything personal. */
function nameOf(error: unknown): string {
  if (SeekPassError.is(error)) return error.code;
  return error instanceof Error ? error.name : typeof error;
}
