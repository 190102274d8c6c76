import type { SandboxRequest, SandboxResponse, Handler } from '../../http/message.ts';
import { seeOther } from '../../http/message.ts';
import { SandboxError } from '../../sandbox-error.ts';
import type { Session } from '../../world/log-in.ts';
import type { User } from '../../world/users.ts';
import type { World } from '../../world/world.ts';
import { buttonForm } from '../form-field.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { renderer } from '../layout.ts';
import type { Page } from '../layout.ts';
import { sessionOf } from './session-cookie.ts';
import { walletPath } from './wallet-paths.ts';

/** What the wallet pages work on. */
export interface WalletParts {
  readonly world: World;
  /** The yellow band links to it: log-in codes arrive there. */
  readonly inboxUrl: string;
  /** Called after every change, so that a state file can be written. */
  readonly changed: () => void;
}

/** The wallet's frame and its visitors. */
export class WalletSite {
  readonly world: World;
  readonly changed: () => void;
  readonly #render: (page: Page) => SandboxResponse;

  constructor({ world, inboxUrl, changed }: WalletParts) {
    this.world = world;
    this.changed = changed;
    this.#render = renderer(
      {
        name: 'Sandbox wallet',
        home: walletPath.home,
        bandLink: { href: inboxUrl, text: 'Open the sandbox inbox' },
        wide: false,
      },
      world.random,
    );
  }

  session(request: SandboxRequest): Session | undefined {
    return sessionOf(request, this.world.logIn);
  }

  /** A page; the header says who is logged in. */
  page(page: Page, user?: User): SandboxResponse {
    return this.#render({ ...page, beside: user === undefined ? undefined : whoIsIn(user) });
  }

  /** The name of a partner for the pages. */
  partnerName(clientId: string): string {
    return this.world.clients.find(clientId)?.name ?? clientId;
  }

  /** Answers with a page also when something is not as it should be. */
  handler(handle: Handler): Handler {
    return async (request) => {
      try {
        return await handle(request);
      } catch (error) {
        if (!(error instanceof SandboxError)) throw error;
        return this.page(problemPage(error), this.session(request)?.user);
      }
    };
  }

  /** For what needs a log-in: somebody without one, or whose session has ended, is sent to `otherwise`, which asks for it. */
  own(
    handle: (request: SandboxRequest, session: Session) => SandboxResponse,
    otherwise: (request: SandboxRequest) => string = () => walletPath.logIn,
  ): Handler {
    return this.handler((request) => {
      const session = this.session(request);
      return session === undefined ? seeOther(otherwise(request)) : handle(request, session);
    });
  }
}

function whoIsIn(user: User): Html {
  return html`<div class="who"><span>Logged in as <bdi>${user.fullName}</bdi></span>${buttonForm(
    walletPath.logOut,
    'Log out',
    { className: 'link' },
  )}</div>`;
}

function problemPage(error: SandboxError): Page {
  return {
    status: error.code === 'not_found' ? 404 : error.code === 'wrong_state' ? 409 : 400,
    title: 'That did not work',
    main: html`<h1>That did not work</h1>
<p>${error.message}</p>
<p><a href="${walletPath.home}">Go to your wallet</a></p>`,
  };
}
