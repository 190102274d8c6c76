import { origin } from './flow.mjs';

/** A learner's browser in front of the claim handler: keeps cookies, follows redirects, remembers the pages it saw. */
export class Claimant {
  /** The pages, with the cookies to ask for them again. */
  seen = [];
  #handler;
  #cookies = new Map();

  constructor(handler) {
    this.#handler = handler;
  }

  get cookie() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** The page at an address. */
  async go(address, init = {}) {
    const url = new URL(address, origin);
    const { cookie } = this;
    const response = await this.#handler(new Request(url, { ...init, headers: { ...init.headers, cookie } }));
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      this.#cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location !== null) return this.go(location);
    this.seen.push({ url: url.href, cookie: this.cookie });
    return response.text();
  }
}

/** What the button of a page sends: of the form that proves, or that adds. */
export function formIn(page) {
  const [, action, content] = /<form\b[^>]*?\baction="([^"]*\/(?:proof|add))"[^>]*>(.*?)<\/form>/s.exec(page);
  const fields = [...content.matchAll(/<input\b[^>]*?\bname="([^"]*)"[^>]*?\bvalue="([^"]*)"/g)];
  const body = new URLSearchParams(fields.map(([, name, value]) => [name, value])).toString();
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
  return { action, init: { method: 'POST', body, headers } };
}
