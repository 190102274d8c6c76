import type { Sandbox } from '@seek-pass-kit/sandbox';
import { mailsOf, type SentMail } from './sent-mails.ts';
import type { Site } from './start-site.ts';

type MailBox = ReadonlyArray<Pick<SentMail, 'text'>>;

/** A form of a page: where it goes, and what it posts when nobody types anything. */
interface PageForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A page as a learner sees it. */
export interface LearnerPage {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  /** Its `h1`. */
  readonly title: string;
  readonly html: string;
  readonly forms: readonly PageForm[];
}

/**
 * A learner with one browser, on the claim pages of a site over HTTP: keeps cookies, follows redirects, posts forms with their `Origin` and
 * `Referer`. What the address of the claim pages leads to is the site, as a proxy in front of it would have it.
 */
export class Learner {
  readonly #site: Pick<Site, 'url' | 'sandbox'>;
  readonly #mails: () => MailBox | Promise<MailBox>;
  readonly #cookies = new Map<string, string>();
  /** Sent with every request. */
  readonly headers: Record<string, string> = {};
  /** Every address that the browser was at, and every `Referer` that it sent. */
  readonly addresses: string[] = [];
  readonly referers: string[] = [];
  page: LearnerPage | undefined;

  /** @param mails those of the learner, oldest first. Default: all that the site of this process sent. */
  constructor(site: Pick<Site, 'url' | 'sandbox'>, mails: () => MailBox | Promise<MailBox> = mailsOf) {
    this.#site = site;
    this.#mails = mails;
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  async open(address: string): Promise<LearnerPage> {
    return this.#show(new URL(address, this.page?.url), {});
  }

  /** Presses the button of the form whose action ends so. */
  async press(actionEnd: string, typed: Readonly<Record<string, string>> = {}): Promise<LearnerPage> {
    const { page } = this;
    const form = page?.forms.find(({ action }) => action.split('?')[0]?.endsWith(actionEnd) === true);
    if (page === undefined || form === undefined)
      throw new Error(`There is no form to ${actionEnd} on “${page?.title}” (${page?.status}).`);
    const url = new URL(form.action, page.url);
    return this.#show(url, {
      method: 'POST',
      body: new URLSearchParams({ ...form.fields, ...typed }).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: url.origin,
        ...this.#referer(page, url),
      },
    });
  }

  /** From a claim link to the page of the awards, with the code that was mailed. */
  async proves(link: string): Promise<LearnerPage> {
    await this.asksForCode(link);
    return this.givesCode();
  }

  async asksForCode(link: string): Promise<void> {
    await this.open(link);
    await this.press('/code');
  }

  /** Types the code that was mailed last. */
  async givesCode(): Promise<LearnerPage> {
    const mail = (await this.#mails()).at(-1);
    const code = /(?<!\d)\d{4}[ \u00a0]?\d{4}(?!\d)/.exec(mail?.text ?? '')?.[0] ?? '';
    return this.press('/proof', { code });
  }

  /** From the page of the awards to SEEK Pass. Gives the address there, which `sandbox.control.learner` goes on with. */
  async addsAward(awardId: string): Promise<string> {
    let page = await this.press(`/${awardId}/add`);
    if (page.forms.some(({ action }) => action.endsWith('?again=yes'))) {
      page = await this.press(`/${awardId}/add`);
    }
    const [, onward] = /^0; url=(.*)$/.exec(page.headers.get('refresh') ?? '') ?? [];
    if (onward !== undefined) return onward;
    throw new Error(`The pages do not lead to SEEK Pass. They say “${page.title}” (${page.status}).`);
  }

  /** Signs in to SEEK Pass at the address that {@link Learner.addsAward} gave, and accepts. */
  accepts(onward: string, email = 'nguyen@learners.example'): void {
    const { learner }: Sandbox['control'] = this.#site.sandbox.control;
    learner.consent({ link: onward, email });
    learner.signInToApp({ email });
  }

  /** One request as the browser sends it, no redirect followed. */
  async request(url: URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ 'accept-language': 'en', ...this.headers });
    if (this.#cookies.size > 0) {
      headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    new Headers(init.headers).forEach((value, name) => headers.set(name, value));
    const answer = await fetch(`${this.#site.url}${url.pathname}${url.search}`, {
      ...init,
      headers,
      redirect: 'manual',
    });
    for (const cookie of answer.headers.getSetCookie()) this.#keep(cookie);
    return answer;
  }

  async #show(url: URL, init: RequestInit): Promise<LearnerPage> {
    let [at, next] = [url, init];
    for (let hops = 0; hops < 10; hops += 1) {
      this.addresses.push(at.href);
      const answer = await this.request(at, next);
      const location = answer.headers.get('location');
      if (location === null || new URL(location, at).origin !== url.origin) {
        this.page = shown(at, answer, await answer.text());
        return this.page;
      }
      at = new URL(location, at);
      // A redirect keeps the referrer of the page that led there.
      const kept = new Headers(next.headers).get('referer');
      next = kept === null ? {} : { headers: { referer: kept } };
    }
    throw new Error(`${url.pathname} leads from redirect to redirect.`);
  }

  #referer({ url, headers }: LearnerPage, to: URL): Record<string, string> {
    if (headers.get('referrer-policy') === 'no-referrer' || url.origin !== to.origin) return {};
    this.referers.push(url.href);
    return { referer: url.href };
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (/; Max-Age=0(;|$)/.test(cookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

function shown(url: URL, { status, headers }: Response, html: string): LearnerPage {
  const forms = [...html.matchAll(/<form\b[^>]*?\baction="([^"]*)"[^>]*>(.*?)<\/form>/gs)];
  return {
    url,
    status,
    headers,
    html,
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
