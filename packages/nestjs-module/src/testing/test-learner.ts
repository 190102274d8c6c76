import type { INestApplicationContext } from '@nestjs/common';
import type { AddFlow, VerificationStart, VerifyFlow } from '@seek-pass-kit/flows';
import type { ControlApi } from '@seek-pass-kit/sandbox';
import { getAddFlowToken, getSeekPassOptionsToken, getVerifyFlowToken } from '../injection/tokens.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import { PageBrowser } from './page-browser.ts';

/** Where and as whom a learner acts. */
export interface LearnerOptions {
  /** Of the registration. Default: the one without a name. */
  readonly name?: string;
  /**
   * The e-mail address of the SEEK Pass account that signs in; any will do. Who verifies somebody takes one of the sandbox's `personas`, whose
   * name and birth date it knows. Default `nguyen@learners.example`.
   */
  readonly account?: string;
}

/** What {@link TestLearner.shares} and {@link TestLearner.refuses} take: the `redirect` of `VerifyFlow.createVerification`. */
export type StartedVerification = Pick<
  Extract<VerificationStart, { outcome: 'redirect' }>,
  'redirectUri' | 'setCookie'
>;

/** Does in one call what a learner does in a browser: on the pages of the flows, then at SEEK Pass. */
export class TestLearner {
  readonly #control: ControlApi;

  /** @param control of the sandbox. */
  constructor(control: ControlApi) {
    this.#control = control;
  }

  /**
   * Opens a claim link and presses the buttons until SEEK Pass would open, which is when the credential is submitted. The proof is the link
   * alone, whatever the application asks for; the guardian of somebody under age agrees, if `claimPages` has a `guardian` to ask.
   *
   * @returns the address at SEEK Pass, which `sandbox.control.learner` goes on with.
   * @throws {Error} when the pages do not lead there; it has the title of the page that came instead.
   */
  async claims(app: INestApplicationContext, link: string, { name }: LearnerOptions = {}): Promise<string> {
    return claim(app, link, name);
  }

  /**
   * Claims through a link, signs in to SEEK Pass and accepts. What SEEK Pass knows from now on, the application learns when it asks: five
   * minutes later, with `runDue`.
   *
   * @throws {Error} as {@link TestLearner.claims}.
   */
  async adds(app: INestApplicationContext, link: string, options: LearnerOptions = {}): Promise<void> {
    const at = { link: await claim(app, link, options.name), email: accountOf(options) };
    this.#control.learner.consent(at);
    this.#control.learner.signInToApp({ email: at.email });
  }

  /** As {@link TestLearner.adds}, and declines at SEEK Pass. */
  async declines(app: INestApplicationContext, link: string, options: LearnerOptions = {}): Promise<void> {
    const at = { link: await claim(app, link, options.name), email: accountOf(options) };
    this.#control.learner.decline(at);
  }

  /** Goes to SEEK Pass with what `createVerification` gave, shares who they are, and comes back in the same browser. */
  async shares(
    app: INestApplicationContext,
    started: StartedVerification,
    options: LearnerOptions = {},
  ): Promise<void> {
    const at = { link: started.redirectUri, email: accountOf(options) };
    await comeBack(app, started, this.#control.learner.share(at), options.name);
  }

  /** As {@link TestLearner.shares}, and refuses to share. */
  async refuses(
    app: INestApplicationContext,
    started: StartedVerification,
    options: LearnerOptions = {},
  ): Promise<void> {
    const at = { link: started.redirectUri, email: accountOf(options) };
    await comeBack(app, started, this.#control.learner.refuse(at), options.name);
  }
}

const accountOf = ({ account = 'nguyen@learners.example' }: LearnerOptions): string => account;

/** From a claim link to the address at SEEK Pass. */
async function claim(app: INestApplicationContext, link: string, name: string | undefined): Promise<string> {
  const { claimPages } = app.get<SeekPassModuleOptions>(getSeekPassOptionsToken(name), { strict: false });
  // Where the pages are another process's, it is that one's to ask.
  const asksGuardian =
    typeof claimPages === 'object' ? claimPages.guardian !== undefined : claimPages !== true;
  const pages = app.get<AddFlow>(getAddFlowToken(name), { strict: false }).claimPages({
    proof: { linkAlone: 'sandbox' },
    ...(asksGuardian ? { guardian: async () => true } : {}),
  });
  const browser = new PageBrowser(pages);
  const awardId = new URL(link).pathname.split('/').at(-2) ?? '';
  let page = await browser.open(link);
  // The proof, the award, and a second time when it was added or declined before.
  const buttons = [/\/proof$/, new RegExp(`/${awardId}/add(\\?|$)`), /\/add\?again=yes$/];
  for (const button of buttons) page = (await browser.press(page, button)) ?? page;
  const [, onward] = /^0; url=(.*)$/.exec(page.headers.get('refresh') ?? '') ?? [];
  if (onward !== undefined) return onward;
  throw new Error(`The claim pages do not lead to SEEK Pass. They say “${page.title}” (${page.status}).`);
}

async function comeBack(
  app: INestApplicationContext,
  { setCookie }: StartedVerification,
  { callbackUrl }: { readonly callbackUrl: string | null },
  name: string | undefined,
): Promise<void> {
  if (callbackUrl === null) throw new Error('The sandbox has nowhere to lead the browser to.');
  const pages = app.get<VerifyFlow>(getVerifyFlowToken(name), { strict: false }).pages();
  const browser = new PageBrowser(pages);
  browser.keep(setCookie);
  await browser.open(callbackUrl);
}
