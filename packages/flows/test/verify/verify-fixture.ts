import { onTestFinished } from 'vitest';
import { generateKeyRing, keyRingFromText } from '../../src/keys/key-ring.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';
import type { VerificationEvent } from '../../src/verify/verification-event.ts';
import type { VerificationStart } from '../../src/verify/create-verification.ts';
import type { VerificationInput } from '../../src/verify/verification-input.ts';
import { createVerifyFlow, type VerifyFlow } from '../../src/verify/verify-flow.ts';
import type { VerifyFlowOptions } from '../../src/verify/verify-flow-options.ts';
import type { VerifyHandler } from '../../src/verify/verify-handler.ts';
import { openSeekPass, type SeekPassFixture } from '../open-seek-pass.ts';
import { cookieHeader, keepCookie, titleOf } from '../pages/read-page.ts';

/** Whom the samples expect: a learner of the sandbox, as her passport has her. */
export const anh = {
  fullName: 'Nguyễn Thị Minh Ánh',
  dateOfBirth: '2001-11-02',
  email: 'nguyen@learners.example',
};

/** Another learner of the sandbox. */
export const somchai = {
  fullName: 'สมชาย ใจดี',
  dateOfBirth: '1999-04-13',
  email: 'somchai@learners.example',
};

/** A sandbox and a verify flow over it, on one clock. */
export interface VerifyFixture extends SeekPassFixture {
  readonly flow: VerifyFlow;
  readonly handler: VerifyHandler;
  readonly options: VerifyFlowOptions;
  readonly store: Store;
  /** What the host was told, in order. */
  readonly told: VerificationEvent[];
  /** Starts one for a browser, which keeps its cookie. */
  readonly begin: (
    browser: VerifyBrowser,
    change?: Partial<VerificationInput>,
  ) => Promise<Extract<VerificationStart, { outcome: 'redirect' }>>;
  /** A browser of its own. */
  readonly browser: () => VerifyBrowser;
  /** Somebody completes it at SEEK Pass; gives the address that SEEK Pass leads to. */
  readonly share: (link: string, email?: string) => string;
  readonly runDue: () => Promise<void>;
}

/** Opens a fixture; it closes when the test ends. */
export async function openVerify(change: Partial<VerifyFlowOptions> = {}): Promise<VerifyFixture> {
  const seekPassFixture = await openSeekPass();
  const { clock, sandbox, seekPass } = seekPassFixture;
  const told: VerificationEvent[] = [];
  const options: VerifyFlowOptions = {
    seekPass,
    environment: 'sandbox',
    store: createMemoryStore(),
    keys: keyRingFromText(generateKeyRing()),
    callbackBaseUrl: 'https://portal.example.edu/verify',
    brand: { name: 'Example University' },
    onDecision: (event) => {
      told.push(event);
    },
    clock,
    random: () => 0.5,
    ...change,
  };
  const flow = createVerifyFlow(options);
  await flow.start();
  onTestFinished(() => options.store.close());
  const handler = flow.pages();
  return {
    ...seekPassFixture,
    flow,
    handler,
    options,
    store: options.store,
    told,
    async begin(browser, inputChange = {}) {
      const started = await flow.createVerification(verificationInput(inputChange));
      if (started.outcome !== 'redirect') throw new Error(JSON.stringify(started));
      browser.keep(started.setCookie);
      return started;
    },
    browser: () => new VerifyBrowser(handler),
    share(link, email = anh.email) {
      const { callbackUrl } = sandbox.control.learner.share({ link, email });
      if (callbackUrl === null) throw new Error('The sandbox leads nowhere.');
      return callbackUrl;
    },
    async runDue() {
      await flow.runDue({ budgetMs: 10_000 });
    },
  };
}

/** A verification of {@link anh}. */
export function verificationInput(change: Partial<VerificationInput> = {}): VerificationInput {
  return {
    reference: 'application 17',
    expected: { fullName: anh.fullName, dateOfBirth: anh.dateOfBirth },
    subject: 'sis:104233',
    ...change,
  };
}

/** A page as a browser shows it. */
export interface ShownPage {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
  readonly url: URL;
  /** Its `h1`. */
  readonly title: string;
}

/** A browser as far as the verify pages need one: keeps cookies, follows redirects on the origin. Each is a device of its own. */
export class VerifyBrowser {
  readonly #handler: VerifyHandler;
  readonly cookies = new Map<string, string>();

  constructor(handler: VerifyHandler) {
    this.#handler = handler;
  }

  keep(setCookie: string): void {
    keepCookie(this.cookies, setCookie);
  }

  /** Sends one request with this browser's cookies. */
  async request(address: string | URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('accept-language', 'en');
    headers.set('cookie', cookieHeader(this.cookies));
    const response = await this.#handler(new Request(address, { ...init, headers }));
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    return response;
  }

  /** Opens an address and follows redirects as long as they stay below the pages. */
  async open(address: string | URL, init: RequestInit = {}): Promise<ShownPage> {
    let url = new URL(address);
    let response = await this.request(url, init);
    for (let hops = 0; hops < 5; hops += 1) {
      const location = response.headers.get('location');
      const next = location === null ? undefined : new URL(location, url);
      if (next === undefined || next.origin !== url.origin || !next.pathname.startsWith('/verify/')) break;
      url = next;
      response = await this.request(url);
    }
    const html = await response.text();
    return { status: response.status, html, headers: response.headers, url, title: titleOf(html) };
  }

  /** Presses the button of the form on a page. */
  async press(page: ShownPage, origin = page.url.origin): Promise<Response> {
    const action = /<form method="post" action="([^"]*)"/.exec(page.html)?.[1];
    const csrf = /name="csrf" value="([^"]*)"/.exec(page.html)?.[1];
    if (action === undefined || csrf === undefined) throw new Error(`"${page.title}" has no form.`);
    return this.request(new URL(action, page.url), {
      method: 'POST',
      body: new URLSearchParams({ csrf }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
    });
  }
}
