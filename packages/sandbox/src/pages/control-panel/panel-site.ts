import type { ControlApi } from '../../control/control-api.ts';
import type { Handler, SandboxRequest, SandboxResponse } from '../../http/message.ts';
import { seeOther } from '../../http/message.ts';
import { SandboxError } from '../../sandbox-error.ts';
import type { Random } from '../../world/random.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { renderer } from '../layout.ts';
import type { Page, Render } from '../layout.ts';

/** What the control panel works on. */
export interface ControlPanelParts {
  readonly control: ControlApi;
  readonly random: Random;
  /** Of the partner API and the wallet. */
  readonly baseUrl: string;
  /** The address of the panel; its path is secret. */
  readonly controlUrl: string;
  readonly inboxUrl: string;
}

const sections = [
  ['', 'Overview'],
  ['submissions', 'Submissions'],
  ['verifications', 'Verifications'],
  ['requests', 'Requests'],
  ['webhooks', 'Webhooks'],
  ['faults', 'Faults'],
] as const;

/** One section of the panel: the end of its path. */
export type Section = (typeof sections)[number][0];

/** What the panel says after something was done; the word travels in the URL. */
const notices: Readonly<Record<string, string>> = {
  moved: 'The clock was moved. What fell due on the way has happened.',
  frozen: 'The clock stands still.',
  running: 'The clock runs.',
  reset: 'The sandbox is empty again. Clients, tokens and the clock were kept.',
  revoked: 'All access tokens issued so far get 401 from now on.',
  cleared: 'The list is empty.',
  'fault-set': 'The fault is set.',
  'fault-removed': 'The fault is removed.',
  sent: 'The webhook is on its way.',
  held: 'New webhooks wait until you let them go.',
  released: 'The waiting webhooks are on their way.',
  acted: 'Done, as that learner.',
};

/** The panel's frame, its addresses, and how it answers. */
export class PanelSite {
  readonly control: ControlApi;
  readonly baseUrl: string;
  /** Path of the overview, ending in a slash. */
  readonly home: string;
  readonly #render: Render;

  constructor(parts: ControlPanelParts) {
    this.control = parts.control;
    this.baseUrl = parts.baseUrl;
    this.home = new URL(parts.controlUrl).pathname;
    this.#render = renderer(
      {
        name: 'Sandbox control panel',
        home: this.home,
        bandLink: { href: parts.inboxUrl, text: 'Open the sandbox inbox' },
        wide: true,
      },
      parts.random,
    );
  }

  /** A page of a section, below what was done just before. */
  page(section: Section, page: Page, request: SandboxRequest): SandboxResponse {
    const notice = notices[request.query.get('done') ?? ''];
    const main = html`${notice !== undefined && html`<p class="note good" role="status">${notice}</p>`}${page.main}`;
    return this.#render({ ...page, main, beside: this.#tabs(section) });
  }

  /** Back to a page of the panel after a POST. */
  done(path: string, notice: keyof typeof notices): SandboxResponse {
    return seeOther(`${this.home}${path}?done=${notice}`);
  }

  /** Answers with a page also when something is not as it should be. */
  handler(section: Section, handle: Handler): Handler {
    return async (request) => {
      try {
        return await handle(request);
      } catch (error) {
        if (!(error instanceof SandboxError)) throw error;
        const page = {
          status: error.code === 'not_found' ? 404 : error.code === 'wrong_state' ? 409 : 400,
          title: 'That did not work',
          main: html`<h1>That did not work</h1><p role="alert">${error.message}</p>
<p><a href="${this.home}${section}">Go back</a></p>`,
        };
        return this.page(section, page, request);
      }
    };
  }

  #tabs(current: Section): Html {
    return html`<nav aria-label="Sections"><ul class="tabs">${sections.map(
      ([path, name]) =>
        html`<li><a href="${this.home}${path}"${path === current && html` aria-current="page"`}>${name}</a></li>`,
    )}</ul></nav>`;
  }
}
