import { benchClient } from '../client.mjs';
import { startServer } from '../server.mjs';

/** 10,000 ids at 30 a call. */
export async function statuses() {
  const server = await startServer();
  const seekPass = benchClient(server.origin);
  try {
    const ids = Array.from({ length: 10_000 }, (_, n) => `bench-${n}`);
    const found = await seekPass.statuses(ids);
    if (found.length !== ids.length) throw new Error(`asked for ${ids.length} statuses, got ${found.length}`);
    const { statusCalls } = await server.counts();
    return [
      {
        name: 'calls for the status of 10,000 ids',
        value: statusCalls,
        unit: 'calls',
        bar: 334,
        better: 'lower',
      },
    ];
  } finally {
    await seekPass.close();
    server.close();
  }
}
