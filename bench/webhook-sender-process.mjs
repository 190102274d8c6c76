/**
 * Sends webhooks in a process of its own, as SEEK Pass does. Answers `{ count, signed }` with how long they took, together and
 * the slowest, and how they were answered. What it sends is made and signed before the time counts.
 */
import { randomUUID } from 'node:crypto';
import { sign } from '@seek-pass-kit/core/webhooks';
import { Pool } from 'undici';
import { runInFlight } from './measure.mjs';

const [port, secret] = process.argv.slice(2);
const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 64 });

function delivery(signed) {
  const body = JSON.stringify({
    event_id: randomUUID(),
    request_id: randomUUID(),
    type: 'vwsp_request.verified',
    created_at: new Date().toISOString(),
  });
  const timestamp = Math.floor(Date.now() / 1_000);
  const key = signed ? secret : secret.split('').reverse().join('');
  const headers = { 'content-type': 'application/json', ...sign({ body, secret: key, timestamp }) };
  return { method: 'POST', path: '/webhooks/seek-pass', headers, body };
}

process.on('message', async ({ count, signed }) => {
  const deliveries = Array.from({ length: count }, () => delivery(signed));
  const answers = {};
  let longestMs = 0;
  const startedAt = performance.now();
  await runInFlight(
    async (n) => {
      const sentAt = performance.now();
      const { statusCode, body } = await pool.request(deliveries[n - 1]);
      await body.dump();
      longestMs = Math.max(longestMs, performance.now() - sentAt);
      answers[statusCode] = (answers[statusCode] ?? 0) + 1;
    },
    count,
    64,
  );
  process.send?.({ answers, seconds: (performance.now() - startedAt) / 1_000, longestMs });
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
