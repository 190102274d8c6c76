import type { Dispatcher } from 'undici';
import { Agent, Pool, ProxyAgent } from 'undici';
import type { Settings } from '../resolve-options.ts';

/** Where requests go: the caller's dispatcher, else connections of our own. */
export interface Connections {
  /** To SEEK Pass's API. */
  readonly main: Dispatcher;
  /** To any host: presigned uploads. */
  uploads(): Dispatcher;
  /** Waits for requests in flight, then closes. The caller's own dispatcher stays open. */
  close(): Promise<void>;
}

/** Makes {@link Connections}; none is opened before it is needed. */
export function createConnections(settings: Settings): Connections {
  const { dispatcher, proxy, origin, connections, keepAliveMs } = settings;
  const options: Pool.Options = { connections, pipelining: 1, keepAliveTimeout: keepAliveMs };
  const main = dispatcher ?? (proxy ? proxyAgent(proxy.reveal(), options) : new Pool(origin, options));
  let uploads = dispatcher || proxy ? main : undefined;
  return {
    main,
    uploads: () => (uploads ??= new Agent(options)),
    async close() {
      const own = new Set([main, uploads]);
      for (const each of own) if (each !== dispatcher) await each?.close();
    },
  };
}

function proxyAgent(address: string, options: Pool.Options): ProxyAgent {
  const { username, password, href: uri } = new URL(address);
  const token = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  return new ProxyAgent({ ...options, uri, ...(username === '' ? {} : { token }) });
}
