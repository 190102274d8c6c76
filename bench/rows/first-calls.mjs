import { benchClient } from '../client.mjs';
import { envelope } from '../payload.mjs';
import { startServer } from '../server.mjs';

/** 1,000 calls at once on a cold client must share one token request. */
export async function firstCalls() {
  const server = await startServer();
  const seekPass = benchClient(server.origin);
  try {
    await Promise.all(Array.from({ length: 1_000 }, (_, n) => seekPass.add(envelope(n))));
    const { tokens } = await server.counts();
    return [
      {
        name: 'token requests for 1,000 parallel first calls',
        value: tokens,
        unit: 'requests',
        bar: 1,
        better: 'lower',
      },
    ];
  } finally {
    await seekPass.close();
    server.close();
  }
}
