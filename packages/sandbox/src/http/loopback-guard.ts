import type { IncomingHttpHeaders } from 'node:http';

/** The names this machine calls itself by. Another `Host` means a name was bent to 127.0.0.1 (DNS rebinding). */
const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/** The methods a page of another site may cause without being asked first. */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets only this machine's own browser and programs in: the `Host` must be a loopback name with our port, and when a browser names an `Origin`
 * it must be ours. On a `guarded` listener (control, inbox) even a reading request of a foreign origin is refused.
 */
export class LoopbackGuard {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  readonly #guarded: boolean;

  constructor(port: number, options: { readonly guarded: boolean }) {
    const hosts = loopbackNames.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
    this.#hosts = new Set(hosts);
    this.#origins = new Set(hosts.map((host) => `http://${host}`));
    this.#guarded = options.guarded;
  }

  /** Why the request is refused with 403; undefined when it may pass. */
  refusal(method: string, headers: IncomingHttpHeaders): string | undefined {
    if (!this.#hosts.has((headers.host ?? '').toLowerCase())) {
      return 'The sandbox answers only to this machine: call it by 127.0.0.1 or localhost and its own port.';
    }
    const { origin } = headers;
    if (origin === undefined || this.#origins.has(origin)) return undefined;
    if (!this.#guarded && safeMethods.has(method)) return undefined;
    return "The sandbox does not take this request from another site's page: open the page at the sandbox's own address.";
  }
}
