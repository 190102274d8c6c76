/** The sandbox in a process of its own; answers `memory` with its resident megabytes. */
import { startSandbox } from '@seek-pass-kit/sandbox';

const { baseUrl, clientId, clientSecret, close } = await startSandbox();
process.on('message', () => {
  globalThis.gc?.();
  process.send?.({ residentMb: process.memoryUsage().rss / 1e6 });
});
process.on('disconnect', async () => {
  await close();
  process.exit(0);
});
process.send?.({ baseUrl, clientId, clientSecret });
