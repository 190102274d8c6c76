import type { ClaimHandler } from '../../src/claims/claim-handler.ts';
import type { ClaimProblem } from '../../src/pages/claim-page.ts';
import { formFields } from '../../src/pages/claim-page.ts';
import { renderClaimPage } from '../../src/pages/render-claim-page.ts';
import { cookieHeader, keepCookie, titleOf, unescaped } from '../pages/read-page.ts';

/** A form of a page as a browser would post it. */
export interface ViewedForm {
  readonly action: string;
  /** What it posts when nobody types anything. */
  readonly fields: Readonly<Record<string, string>>;
  /** Names of its text inputs. */
  readonly inputs: readonly string[];
}

/** What a browser shows after it followed all redirects. */
export interface ViewedPage {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** Its `h1`. */
  readonly title: string;
  readonly forms: readonly ViewedForm[];
  /** Set on the page of a problem. */
  readonly problem?: ClaimProblem;
}

/** How a browser differs from an everyday one. */
export interface ClaimBrowserOptions {
  readonly remoteAddress?: string;
  /** Sent with every request, over what a browser sends itself. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A browser as far as claim pages need one: keeps cookies, follows redirects, posts forms with its `Origin`. Each is a device of its own. */
export class ClaimBrowser {
  readonly #handler: ClaimHandler;
  readonly #options: ClaimBrowserOptions;
  readonly #cookies = new Map<string, string>();
  /** Every address that this browser has shown or been sent to. */
  readonly addresses: string[] = [];
  /** The page that is shown. */
  page: ViewedPage | undefined;

  constructor(handler: ClaimHandler, options: ClaimBrowserOptions = {}) {
    this.#handler = handler;
    this.#options = options;
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  /** As malware or a careless host would. */
  plantCookies(cookies: ReadonlyMap<string, string>): void {
    for (const [name, value] of cookies) this.#cookies.set(name, value);
  }

  /** Opens an address, of the page shown or absolute. */
  async open(address: string, method: 'GET' | 'HEAD' = 'GET'): Promise<ViewedPage> {
    return this.#show(new URL(address, this.page?.url), { method });
  }

  /** Posts a form of the page shown: the one whose action ends so. `typed` goes over its own fields. */
  async post(actionEnd: string, typed: Readonly<Record<string, string>> = {}): Promise<ViewedPage> {
    const { page } = this;
    const form = page?.forms.find(({ action }) => action.split('?')[0]?.endsWith(actionEnd) === true);
    if (page === undefined || form === undefined) {
      throw new Error(
        `No form to ${actionEnd} on "${page?.title}", only to ${page?.forms.map(({ action }) => action).join()}`,
      );
    }
    return this.postTo(form.action, { ...form.fields, ...typed });
  }

  /** Posts any fields anywhere, as the page shown would. */
  async postTo(action: string, fields: Readonly<Record<string, string>>): Promise<ViewedPage> {
    const url = new URL(action, this.page?.url);
    return this.#show(url, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url.origin },
    });
  }

  /** Sends one request with this browser's cookies and shows nothing. */
  async request(url: URL, init: RequestInit): Promise<Response> {
    const { remoteAddress, headers } = this.#options;
    const all = new Headers({ 'accept-language': 'en', ...headers });
    if (this.#cookies.size > 0) {
      all.set('cookie', cookieHeader(this.#cookies));
    }
    for (const [name, value] of new Headers(init.headers)) all.set(name, value);
    for (const [name, value] of Object.entries(headers ?? {})) all.set(name, value);
    const request = new Request(url, { ...init, headers: all });
    const response = await this.#handler(request, remoteAddress === undefined ? {} : { remoteAddress });
    for (const cookie of response.headers.getSetCookie()) keepCookie(this.#cookies, cookie);
    return response;
  }

  async #show(url: URL, init: RequestInit): Promise<ViewedPage> {
    let [at, next] = [url, init];
    for (let hops = 0; hops < 10; hops += 1) {
      this.addresses.push(at.href);
      const response = await this.request(at, next);
      const location = response.headers.get('location');
      if (response.status !== 303 || location === null || new URL(location, at).origin !== url.origin) {
        this.page = viewed(at, response, await response.text());
        return this.page;
      }
      at = new URL(location, at);
      next = { method: next.method === 'HEAD' ? 'HEAD' : 'GET' };
    }
    throw new Error(`${url.href} redirects again and again`);
  }
}

/** The code in the newest mail. */
export function codeIn(mails: { readonly sent: readonly { readonly text: string }[] }): string {
  const text = mails.sent.at(-1)?.text ?? '';
  const code = /(?<!\d)\d{4}[ \u00a0]?\d{4}(?!\d)/.exec(text)?.[0];
  if (code === undefined) throw new Error('The newest mail has no code.');
  return code;
}

/** From a claim link to the page of all awards, as a learner with the mailbox does it. */
export async function proveByMail(
  browser: ClaimBrowser,
  link: string,
  mails: { readonly sent: readonly { readonly text: string }[] },
): Promise<ViewedPage> {
  await browser.open(link);
  await browser.post('/code');
  return browser.post('/proof', { [formFields.code]: codeIn(mails) });
}

function viewed(url: URL, { status, headers }: Response, html: string): ViewedPage {
  const title = titleOf(html);
  const problem = problemTitles().get(title);
  return {
    url,
    status,
    headers,
    html,
    title,
    forms: [...html.matchAll(/<form\b[^>]*?\baction="([^"]*)"[^>]*>(.*?)<\/form>/gs)].map(formIn),
    ...(problem === undefined ? {} : { problem }),
  };
}

function formIn([, action = '', content = '']: RegExpMatchArray): ViewedForm {
  const inputs = [...content.matchAll(/<input\b([^>]*)>/g)].map(([, attributes = '']) => ({
    name: attribute(attributes, 'name'),
    value: attribute(attributes, 'value'),
    hidden: attribute(attributes, 'type') === 'hidden',
  }));
  const hidden = inputs.filter((input) => input.hidden);
  return {
    action: unescaped(action),
    fields: Object.fromEntries(hidden.map(({ name, value }) => [name, value])),
    inputs: inputs.filter((input) => !input.hidden).map(({ name }) => name),
  };
}

function attribute(attributes: string, name: string): string {
  return unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
}

const problems: Readonly<Record<ClaimProblem, true>> = {
  unknown_link: true,
  newer_link: true,
  link_expired: true,
  withdrawn: true,
  wrong_person: true,
  guardian_needed: true,
  unavailable: true,
  paused: true,
  rejected: true,
  mail_failed: true,
  too_many: true,
  handoff_over: true,
  foreign_form: true,
  ours: true,
};

let titles: Map<string, ClaimProblem> | undefined;

/** Problems by the title of their page, in English. */
function problemTitles(): Map<string, ClaimProblem> {
  titles ??= new Map(
    (Object.keys(problems) as ClaimProblem[]).map((problem) => [
      titleOf(
        renderClaimPage(
          { page: 'problem', problem },
          { brand: { name: 'Example University' }, locale: 'en', languages: [] },
        ),
      ),
      problem,
    ]),
  );
  return titles;
}
