import type { Dispatcher } from 'undici';
import { Agent, Pool, ProxyAgent } from 'undici';
import type { Settings } from '../resolve-options.ts';

/** Where requests go: the caller's dispatcher, else connections of our own. */
export class Connections {
  readonly #settings: Settings;
  readonly #main: Dispatcher;
  #uploads: Dispatcher | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    const { dispatcher, proxy, origin } = settings;
    this.#main =
      dispatcher ??
      (proxy === undefined ? new Pool(origin, this.#poolOptions()) : this.#proxied(proxy.reveal()));
  }

  /** To SEEK Pass's API. */
  get main(): Dispatcher {
    return this.#main;
  }

  /** To any host: presigned uploads. Made on first use, since most callers never upload. */
  get uploads(): Dispatcher {
    const { dispatcher, proxy } = this.#settings;
    if (dispatcher !== undefined || proxy !== undefined) return this.#main;
    this.#uploads ??= new Agent(this.#poolOptions());
    return this.#uploads;
  }

  /** Waits for requests in flight, then closes. The caller's own dispatcher stays open. */
  async close(): Promise<void> {
    if (this.#settings.dispatcher === undefined) await this.#main.close();
    await this.#uploads?.close();
  }

  #proxied(uri: string): ProxyAgent {
    const { username, password, href } = new URL(uri);
    const token = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
    return new ProxyAgent({ ...this.#poolOptions(), uri: href, ...(username === '' ? {} : { token }) });
  }

  #poolOptions(): Pool.Options {
    const { connections, keepAliveMs } = this.#settings;
    return { connections, pipelining: 1, keepAliveTimeout: keepAliveMs };
  }
}
