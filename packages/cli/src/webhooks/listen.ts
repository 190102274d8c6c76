import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SeekPass } from '@seek-pass-kit/core';
import { verifyWebhook } from '@seek-pass-kit/core/webhooks';
import { toNodeListener } from '@seek-pass-kit/flows/node';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { readSettings } from '../config/settings.ts';
import { clientOptionsOf } from '../flow/open-flow.ts';
import { printable } from '../terminal/printable.ts';
import { inSeekPassTerms } from './in-seek-pass-terms.ts';
import type { WebhooksOptions } from './list-webhooks.ts';
import { type EventAnswer, postEvent } from './post-event.ts';

/** Options of `seek-pass webhooks listen`. */
export interface ListenOptions extends WebhooksOptions {
  readonly forwardTo?: string;
}

/** Headers that a receiver judges an event by. */
const passedOn = ['content-type', 'x-timestamp', 'x-signature'] as const;

/** Prints the events of a sandbox as they come, and passes them on, until it is told to stop. */
export async function listen(options: ListenOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const stopped = context.stopped();
  const settings = await readSettings(options.config, context);
  if (settings.config.environment !== 'sandbox') {
    throw new CommandError(
      'wrong_setting',
      'listen has a sandbox send to this machine: environment is not sandbox. Elsewhere use seek-pass webhooks create.',
    );
  }
  const { forwardTo } = options;
  if (forwardTo !== undefined && !(URL.canParse(forwardTo) && /^https?:/.test(forwardTo))) {
    throw new CommandError(
      'wrong_usage',
      '--forward-to is no address: write it like http://127.0.0.1:3000/webhooks.',
    );
  }
  const seekPass = new SeekPass(clientOptionsOf(settings));
  let secret: string | undefined;
  const path = `/listen-${randomUUID()}`;
  const server = await listening(async (request) => {
    const body = new Uint8Array(await request.arrayBuffer());
    if (new URL(request.url).pathname !== path || secret === undefined)
      return new Response(null, { status: 404 });
    const headers = headersOf(request);
    const event = eventIn(body, headers, secret, seekPass.now());
    if (event === undefined) return new Response(null, { status: 400 });
    const answer = forwardTo === undefined ? undefined : await postEvent({ url: forwardTo, headers, body });
    tell(event, answer);
    return new Response(null, { status: answer === undefined ? 204 : (answer.status ?? 502) });
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}${path}`;
  try {
    const endpoint = await inSeekPassTerms(
      seekPass.webhooks.create({ url, name: 'seek-pass webhooks listen' }),
    );
    secret =
      endpoint.secret?.reveal() ??
      (await inSeekPassTerms(seekPass.webhooks.rotateSecret(endpoint.id))).secret.reveal();
    if (options.json === true)
      terminal.out(JSON.stringify({ listening: url, secret, forwardTo: forwardTo ?? null }));
    else {
      terminal.out(
        `Events of the sandbox come here${forwardTo === undefined ? '' : ` and go on to ${forwardTo}`}.`,
      );
      terminal.out(`They are signed with this secret, as long as this runs: ${secret}`);
      terminal.note(terminal.noteColors.dim('Ctrl+C ends it.'));
    }
    await stopped;
    await inSeekPassTerms(seekPass.webhooks.delete(endpoint.id));
  } finally {
    server.close();
    server.closeAllConnections();
    await seekPass.close();
  }

  function tell(event: SeenEvent, answer: EventAnswer | undefined): void {
    if (options.json === true) {
      const forwarded =
        answer === undefined ? {} : { status: answer.status ?? null, error: answer.error ?? null };
      terminal.out(JSON.stringify({ ...event, ...forwarded }));
      return;
    }
    const { green, red, dim } = terminal.colors;
    const ok = answer?.status !== undefined && answer.status < 300;
    const said = answer === undefined ? '' : `  ${(ok ? green : red)(String(answer.status ?? answer.error))}`;
    const { type, requestId, eventId } = event;
    terminal.out(
      `${dim(new Date(context.now()).toISOString())}  ${printable(type)}  ${printable(requestId ?? '')}  event ${printable(eventId)}${said}`,
    );
  }
}

interface SeenEvent {
  readonly eventId: string;
  readonly type: string;
  readonly requestId: string | undefined;
}

function eventIn(
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
  secret: string,
  now: number,
): SeenEvent | undefined {
  try {
    const { event } = verifyWebhook({ body, headers, secrets: secret, now });
    return { eventId: event.event_id, type: event.type, requestId: event.request_id };
  } catch {
    return undefined;
  }
}

function headersOf({ headers }: Request): Record<string, string> {
  return Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value] as const];
    }),
  );
}

/** A server on the loopback address, on any free port. */
async function listening(handler: (request: Request) => Promise<Response>): Promise<Server> {
  const server = createServer(toNodeListener(handler, { origin: 'http://127.0.0.1' }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}
