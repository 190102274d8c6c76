import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { WebhookReceiver } from '../../src/inbox/receiver.ts';
import { toNodeListener } from '../../src/node/node-listener.ts';

/** A server before the receivers of all processes, which it asks in turn. SEEK Pass that sends something again gets no further. */
export async function openWebhookPost() {
  const receivers: WebhookReceiver[] = [];
  const answers = new Map<number, number>();
  const seen = new Set<string>();
  let turn = 0;
  const handler = async (request: Request): Promise<Response> => {
    const body = await request.text();
    const { event_id: eventId } = JSON.parse(body) as { event_id: string };
    if (seen.has(eventId)) return new Response(null, { status: 503 });
    seen.add(eventId);
    turn += 1;
    const receive = receivers[turn % receivers.length];
    if (receive === undefined) throw new Error('Nobody receives.');
    const { url, method, headers } = request;
    const response = await receive(new Request(url, { method, headers, body }));
    answers.set(response.status, (answers.get(response.status) ?? 0) + 1);
    return response;
  };
  const server = createServer(toNodeListener(handler, { origin: 'http://127.0.0.1' }));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/webhooks/seek-pass`, receivers, answers };
}
