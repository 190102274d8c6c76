import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Starts the server process; `close` ends it. */
export async function startServer({ delayMs = 0 } = {}) {
  const child = fork(new URL('./server-process.mjs', import.meta.url), [String(delayMs)], { execArgv: [] });
  const [port] = await once(child, 'message');
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    counts: async () => (await fetch(`${origin}/counts`)).json(),
    close: () => child.disconnect(),
  };
}
