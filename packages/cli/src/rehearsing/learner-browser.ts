import { pause } from './pause.ts';

/** A page as a learner's browser shows it after all redirects. */
export interface ShownPage {
  readonly url: URL;
  readonly status: number;
  /** Where the page sends the browser on to by itself. */
  readonly leadsTo?: string;
  readonly forms: readonly PageForm[];
}

interface PageForm {
  /** A path, with its query. */
  readonly action: string;
  /** What it posts when nobody types anything. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a browser needs besides its user. */
export interface BrowserOptions {
  /** Of the hosts that serve the claim pages; each request goes to the next one, as a load balancer does it. */
  readonly ports: readonly number[];
  /** The address of the user, as the load balancer tells it. */
  readonly network: string;
  /** Told of every answer that made the user wait or try again: `429`, `503`, `no answer`. */
  readonly onTrouble: (kind: string) => void;
  readonly signal: AbortSignal;
}

/** A learner gives up after so many answers that asked to wait. */
const mostTries = 20;
const longestWaitMs = 5_000;
const patienceMs = 30_000;

/** A browser as far as the claim pages need one: keeps cookies, follows redirects, posts forms with its `Origin`. Each is a device of its own. */
export class LearnerBrowser {
  readonly #options: BrowserOptions;
  readonly #cookies = new Map<string, string>();
  #turn = 0;
  #shown: ShownPage | undefined;

  constructor(options: BrowserOptions) {
    this.#options = options;
  }

  /** Opens an address, of the page shown or absolute. */
  async open(address: string): Promise<ShownPage> {
    return this.#show(new URL(address, this.#shown?.url), { method: 'GET' });
  }

  /** Whether the page shown has a form whose path ends so. */
  has(actionEnd: string): boolean {
    return this.#form(actionEnd) !== undefined;
  }

  /** Presses the button of the form whose path ends so; `typed` goes over its own fields. */
  async press(actionEnd: string, typed: Readonly<Record<string, string>> = {}): Promise<ShownPage> {
    const form = this.#form(actionEnd);
    const shown = this.#shown;
    if (form === undefined || shown === undefined) {
      throw new Error(`no form ${actionEnd} on a page of status ${shown?.status}`);
    }
    const url = new URL(form.action, shown.url);
    return this.#show(url, {
      method: 'POST',
      body: new URLSearchParams({ ...form.fields, ...typed }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url.origin },
    });
  }

  #form(actionEnd: string): PageForm | undefined {
    return this.#shown?.forms.find(({ action }) => action.split('?')[0]?.endsWith(actionEnd) === true);
  }

  async #show(url: URL, init: RequestInit): Promise<ShownPage> {
    let [at, next] = [url, init];
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await this.#answered(at, next);
      const location = response.headers.get('location');
      if (response.status !== 303 || location === null) {
        const [, leadsTo] = /^0; url=(.*)$/.exec(response.headers.get('refresh') ?? '') ?? [];
        this.#shown = {
          url: at,
          status: response.status,
          ...(leadsTo === undefined ? {} : { leadsTo }),
          forms: formsOf(await response.text()),
        };
        return this.#shown;
      }
      await response.body?.cancel();
      at = new URL(location, at);
      next = { method: 'GET' };
    }
    throw new Error('redirects again and again');
  }

  /** Tries again as a patient user does who is told to wait, or gets no answer. */
  async #answered(url: URL, init: RequestInit): Promise<Response> {
    const { onTrouble, signal } = this.#options;
    for (let tries = 1; ; tries += 1) {
      signal.throwIfAborted();
      const response = await this.#fetch(url, init);
      if (response !== undefined && response.status !== 429 && response.status !== 503) return response;
      onTrouble(response === undefined ? 'no answer' : String(response.status));
      if (tries === mostTries) throw new Error('told to wait again and again');
      const waitMs = Number(response?.headers.get('retry-after') ?? 1) * 1_000;
      await response?.body?.cancel();
      await pause(Math.min(longestWaitMs, waitMs));
    }
  }

  async #fetch(url: URL, init: RequestInit): Promise<Response | undefined> {
    const { ports, network, signal } = this.#options;
    const door = new URL(url);
    door.port = String(ports[this.#turn % ports.length]);
    this.#turn += 1;
    const headers = new Headers(init.headers);
    headers.set('accept-language', 'en');
    headers.set('x-forwarded-for', network);
    headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    try {
      const response = await fetch(door, {
        ...init,
        headers,
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
      });
      for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
      return response;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (/; Max-Age=0(;|$)/.test(cookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

function formsOf(page: string): PageForm[] {
  return [...page.matchAll(/<form\b[^>]*?\baction="([^"]*)"[^>]*>(.*?)<\/form>/gs)].map(
    ([, action = '', content = '']) => ({
      action: unescaped(action),
      fields: Object.fromEntries(
        [...content.matchAll(/<input\b([^>]*\btype="hidden"[^>]*)>/g)].map(([, attributes = '']) => [
          attribute(attributes, 'name'),
          attribute(attributes, 'value'),
        ]),
      ),
    }),
  );
}

function attribute(attributes: string, name: string): string {
  return unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
