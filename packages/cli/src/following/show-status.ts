import type { AddFlow } from '@seek-pass-kit/flows';
import type { CommandContext } from '../command-context.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { briefly, withFlow } from '../flow/open-flow.ts';
import { findAward } from './find-award.ts';
import { awardLines, countLines } from './status-report.ts';

/** Options of `seek-pass status`. */
export interface StatusOptions {
  readonly config?: string;
  readonly json?: true;
  readonly watch?: true;
}

/** How often `--watch` looks. */
const watchEveryMs = 1000;

/** Shows how many awards stand where, or one award with its history; with `--watch` again at each change until it is stopped. */
export async function showStatus(
  key: string | undefined,
  options: StatusOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const settings = await readSettings(options.config, context);
  return withFlow(
    settings,
    async (flow) => {
      const view = await readView(flow, key, options, context);
      context.terminal.write(view);
      if (options.watch === true) await watch(view, () => readView(flow, key, options, context), context);
      return exitCodes.ok;
    },
    briefly,
  );
}

/** What is printed, new line at the end. */
async function readView(
  flow: AddFlow,
  key: string | undefined,
  { json }: StatusOptions,
  { terminal }: CommandContext,
): Promise<string> {
  if (key === undefined) {
    const [awards, mails, { inForce }] = await Promise.all([flow.counts(), flow.mailCounts(), flow.stops()]);
    const stopped = inForce.map(({ credentialType, why }) => ({ credentialType, why }));
    if (json === true) return line({ awards, mails, stopped });
    return `${countLines({ awards, mails, stopped }, terminal).join('\n')}\n`;
  }
  const status = await findAward(flow, key);
  if (json !== true) return `${awardLines(key, status, terminal).join('\n')}\n`;
  const history = status.history.map(({ at, who, what, why }) => ({
    at: new Date(at).toISOString(),
    who,
    what,
    why,
  }));
  return line({ key, ...status, createdAt: new Date(status.createdAt).toISOString(), history });
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

/** Draws over what it showed where a person watches; into a pipe it writes one view after the other. */
async function watch(
  shown: string,
  read: () => Promise<string>,
  { terminal, stopped }: CommandContext,
): Promise<void> {
  const stop = stopped().then(() => 'stopped' as const);
  let view = shown;
  while ((await Promise.race([stop, pause(watchEveryMs)])) !== 'stopped') {
    const next = await read();
    if (next === view) continue;
    if (terminal.columns !== undefined) terminal.write(eraseLines(view));
    terminal.write(next);
    view = next;
  }
}

/** Moves the cursor up over `view` and takes away what is below. */
function eraseLines(view: string): string {
  return `\u001B[${view.split('\n').length - 1}A\u001B[0J`;
}

function pause(forMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, forMs).unref();
  });
}
