/** A form of a page: where it goes, and what it posts when nobody types anything. */
interface PageForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A page as far as a test reads it. */
interface ShownPage {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  /** Its `h1`. */
  readonly title: string;
  readonly forms: readonly PageForm[];
}

/** A browser for the pages of the flows: keeps cookies, follows redirects on their origin, posts forms. It talks to a handler, not to the network. */
export class PageBrowser {
  readonly #handler: (request: Request) => Promise<Response>;
  readonly #cookies = new Map<string, string>();

  constructor(handler: (request: Request) => Promise<Response>) {
    this.#handler = handler;
  }

  /** Takes a `Set-Cookie` header that another page gave this browser. */
  keep(setCookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
    if (/; Max-Age=0(;|$)/.test(setCookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  async open(address: string | URL): Promise<ShownPage> {
    return this.#follow(new URL(address), {});
  }

  /** Presses the button of the form on a page whose action ends so. `undefined`: there is no such form. */
  async press(page: ShownPage, actionEnd: RegExp): Promise<ShownPage | undefined> {
    const form = page.forms.find(({ action }) => actionEnd.test(action));
    if (form === undefined) return undefined;
    const url = new URL(form.action, page.url);
    return this.#follow(url, {
      method: 'POST',
      body: new URLSearchParams(form.fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url.origin },
    });
  }

  async #follow(url: URL, init: RequestInit): Promise<ShownPage> {
    let [at, next] = [url, init];
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await this.#request(at, next);
      const location = response.headers.get('location');
      if (location === null || new URL(location, at).origin !== url.origin)
        return shown(at, response, await response.text());
      [at, next] = [new URL(location, at), {}];
    }
    throw new Error(`${url.pathname} leads from redirect to redirect.`);
  }

  async #request(url: URL, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('accept-language', 'en');
    if (this.#cookies.size > 0) {
      headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    const response = await this.#handler(new Request(url, { ...init, headers }));
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    return response;
  }
}

function shown(url: URL, { status, headers }: Response, html: string): ShownPage {
  const forms = [...html.matchAll(/<form\b[^>]*?\baction="([^"]*)"[^>]*>(.*?)<\/form>/gs)];
  return {
    url,
    status,
    headers,
    title: unescaped(/<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1]?.replaceAll(/<[^>]+>/g, '') ?? ''),
    forms: forms.map(([, action = '', content = '']) => ({
      action: unescaped(action),
      fields: hiddenFields(content),
    })),
  };
}

function hiddenFields(form: string): Record<string, string> {
  const inputs = [...form.matchAll(/<input\b[^>]*\btype="hidden"[^>]*>/g)].map(([input]) => input);
  return Object.fromEntries(inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')]));
}

function attribute(tag: string, name: string): string {
  return unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
