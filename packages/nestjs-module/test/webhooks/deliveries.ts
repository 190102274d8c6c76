import { randomUUID } from 'node:crypto';
import { sign } from '@seek-pass-kit/core/webhooks';
import type { SeekPassModuleOptions } from '../../src/seek-pass-module-options.ts';
import type { TestSeekPass } from '../../src/testing/index.ts';

/** A secret that no endpoint has. */
export const stranger = 'f0'.repeat(32);

/** What to send, and how. */
export interface Sent {
  readonly url: string;
  readonly path?: string;
  readonly secret: string;
  /** When it was signed, in milliseconds since the epoch. */
  readonly at: number;
  readonly event?: Readonly<Record<string, unknown>>;
}

/** Sends an event as SEEK Pass does; gives the status of the answer. */
export async function send({ url, path = '/webhooks/seek-pass', secret, at, event }: Sent): Promise<number> {
  const body = JSON.stringify({
    event_id: randomUUID(),
    request_id: 'request-1',
    type: 'vwsp_request.verified',
    created_at: new Date(at).toISOString(),
    ...event,
  });
  const signed = sign({ body, secret, timestamp: Math.floor(at / 1_000) });
  const headers = { 'content-type': 'application/json', ...signed };
  return (await fetch(url + path, { method: 'POST', headers, body })).status;
}

/** Options with a webhook inbox alone. */
export function inboxOnly(
  seekPass: TestSeekPass,
  change: Parameters<TestSeekPass['options']>[0] = {},
): SeekPassModuleOptions {
  const { addFlow: _add, claimPages: _pages, verifyFlow: _verify, ...options } = seekPass.options(change);
  return options;
}

/** Options with a webhook inbox that the host gives no secret. */
export function withoutSecret(options: SeekPassModuleOptions): SeekPassModuleOptions {
  const { secrets: _secrets, ...webhooks } = options.webhooks ?? { receiverUrl: '' };
  return { ...options, webhooks: webhooks as NonNullable<SeekPassModuleOptions['webhooks']> };
}

/** Takes what a registration logs. */
export function logInto(lines: unknown[]): Exclude<SeekPassModuleOptions['logger'], false | undefined> {
  const write = (line: unknown): void => void lines.push(line);
  return { log: write, warn: write, error: write, debug: write };
}

/** A promise, and how to keep it. */
export function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}
