/** A page of the application, or of ours, as a browser over HTTP has it. */
export interface Page {
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly title: string;
}

/** A browser over HTTP: keeps cookies, follows redirects within its server, and calls it by its public origin. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Every path that it asked for. */
  readonly paths: string[] = [];
  readonly #server: string;
  readonly #origin: string;
  page: Page | undefined;

  constructor(server: string, origin: string) {
    this.#server = server;
    this.#origin = origin;
  }

  open(path: string): Promise<Page> {
    return this.#follow(path, {});
  }

  /** Posts a form of the page that is shown, the one whose action ends so; without such a page, to that path. */
  async post(action: RegExp | string, typed: Readonly<Record<string, string>> = {}): Promise<Page> {
    if (typeof action === 'string') return this.#post(action, typed);
    for (const [, to = '', content = ''] of this.page?.html.matchAll(
      /<form\b[^>]*?action="([^"]*)"[^>]*>(.*?)<\/form>/gs,
    ) ?? []) {
      if (!action.test(to)) continue;
      const fields = [...content.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)];
      return this.#post(to, {
        ...Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value])),
        ...typed,
      });
    }
    throw new Error(`No form to ${action} on “${this.page?.title}”.`);
  }

  #post(path: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    return this.#follow(path, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: this.#origin },
    });
  }

  async #follow(path: string, init: RequestInit): Promise<Page> {
    let [at, next] = [path, init];
    for (let hops = 0; hops < 10; hops += 1) {
      this.paths.push(at);
      const headers = new Headers(next.headers);
      headers.set('accept-language', 'en');
      if (this.cookies.size > 0) {
        headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      }
      const response = await fetch(this.#server + at, { ...next, headers, redirect: 'manual' });
      for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
      const to = new URL(response.headers.get('location') ?? this.#origin, this.#origin + at);
      if (response.headers.has('location') && to.origin === this.#origin) {
        await response.arrayBuffer();
        [at, next] = [to.pathname + to.search, {}];
        continue;
      }
      const html = await response.text();
      const [, title = ''] = /<h1[^>]*>(.*?)<\/h1>/s.exec(html) ?? [];
      this.page = { path: at, status: response.status, headers: response.headers, html, title };
      return this.page;
    }
    throw new Error(`${path} leads from redirect to redirect.`);
  }

  /** Takes a `Set-Cookie` header. */
  keep(setCookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
    if (/; Max-Age=0(;|$)/.test(setCookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
