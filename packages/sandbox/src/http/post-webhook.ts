import { setMaxListeners } from 'node:events';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { PostWebhook } from '../world/deliveries.ts';

/** How long a receiver may take (assumption `webhook_timeout`). */
export const webhookTimeoutMs = 10_000;

/** POSTs a webhook over the network: no redirects followed, the answer's body is thrown away. `signal` ends all at once. */
export function webhookPoster(signal: AbortSignal): PostWebhook {
  // One for each webhook on its way, and there may be many.
  setMaxListeners(0, signal);
  return (url, headers, body) =>
    new Promise((resolve, reject) => {
      const send = url.startsWith('https:') ? httpsRequest : httpRequest;
      const length = String(Buffer.byteLength(body));
      const outgoing = send(
        url,
        // A connection of its own: a kept one that the receiver has closed would look like a failed delivery.
        { method: 'POST', headers: { ...headers, 'Content-Length': length }, signal, agent: false },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      outgoing.setTimeout(webhookTimeoutMs, () =>
        outgoing.destroy(Object.assign(new Error('timeout'), { code: 'timeout' })),
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
}
