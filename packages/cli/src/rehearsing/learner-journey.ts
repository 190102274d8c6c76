import type { Sandbox } from '@seek-pass-kit/sandbox';
import type { Learner } from './class-of-learners.ts';
import type { InboxReader } from './inbox-reader.ts';
import { type BrowserOptions, LearnerBrowser, type ShownPage } from './learner-browser.ts';

/** What learners meet on their way. */
export interface Surroundings extends Omit<BrowserOptions, 'network'> {
  readonly inbox: InboxReader;
  /** Of the wallets. */
  readonly wallet: Sandbox['control']['learner'];
}

/**
 * What a learner does on the day of the mail, from the link in it to the wallet. It rejects with a sentence about the step when
 * something is not as a learner would expect it; the sentence names nobody.
 */
export async function onTheDay(learner: Learner, around: Surroundings): Promise<void> {
  switch (learner.plan) {
    case 'adds':
      return addTo(learner, around, await redirected(learner, around));
    case 'adds_without_the_app':
      around.wallet.consent({ link: await redirected(learner, around), email: learner.email });
      return;
    case 'comes_twice':
      return comeTwice(learner, around);
    case 'forwards_the_mail':
      await letFriendTry(learner, around);
      return addTo(learner, around, await redirected(learner, around));
    case 'follows_a_dead_link':
      return followDeadLink(learner, around);
    case 'types_a_wrong_code':
      return addTo(learner, around, await redirected(learner, around, { wrongCodeFirst: true }));
    case 'declines':
    case 'declines_then_adds':
      around.wallet.decline({ link: await redirected(learner, around), email: learner.email });
      return;
    case 'lets_it_expire':
    case 'adds_after_expiry':
      // Sees SEEK Pass's log-in page and closes the browser.
      await redirected(learner, around);
      return;
    case 'never_comes':
      return;
    case 'is_withdrawn':
      return findItWithdrawn(learner, around);
  }
}

/** Whether a learner comes back when the 48 hours are over. */
export function comesLate({ plan }: Learner): boolean {
  return plan === 'adds_after_expiry' || plan === 'declines_then_adds';
}

/** What such a learner does then: the link in the same mail still works. */
export async function onDayThree(learner: Learner, around: Surroundings): Promise<void> {
  addTo(learner, around, await redirected(learner, around));
}

/** Accepts, and signs in to the app, without which SEEK Pass would delete it. */
function addTo({ email }: Learner, { wallet }: Surroundings, link: string): void {
  const step = wallet.consent({ link, email });
  if (step !== 'done') throw new Error(`the wallet shows "${step}" instead of the credential`);
  wallet.signInToApp({ email });
}

interface WayOfProving {
  readonly wrongCodeFirst?: true;
}

/** From the link in the newest mail to where SEEK Pass wants the learner. */
async function redirected(learner: Learner, around: Surroundings, way: WayOfProving = {}): Promise<string> {
  const browser = new LearnerBrowser({ ...around, network: learner.network });
  await prove(browser, learner, around, way);
  return add(browser);
}

/** To the page of the learner's awards. */
async function prove(
  browser: LearnerBrowser,
  { email }: Learner,
  { inbox }: Surroundings,
  { wrongCodeFirst }: WayOfProving = {},
): Promise<ShownPage> {
  const link = await inbox.newest(email, 'claim');
  if (link === undefined) throw new Error('no claim mail came');
  must(await browser.open(link), 'the claim link', 200);
  const former = inbox.countFor(email, 'code');
  must(await browser.press('/code'), 'asking for a code', 200);
  const code = await inbox.newest(email, 'code', { after: former });
  if (code === undefined) throw new Error('no code came');
  if (wrongCodeFirst === true)
    must(await browser.press('/proof', { code: wrong(code) }), 'a wrong code', 422);
  return must(await browser.press('/proof', { code }), 'the code', 200);
}

/** Presses the button that adds; once more where the page asks whether to do it again. */
async function add(browser: LearnerBrowser): Promise<string> {
  let page = must(await browser.press('/add'), 'adding', 200);
  if (page.leadsTo === undefined && browser.has('/add'))
    page = must(await browser.press('/add'), 'adding again', 200);
  if (page.leadsTo === undefined) throw new Error('adding did not lead to SEEK Pass');
  return page.leadsTo;
}

/** Two tabs are one submission, and so is coming back within 48 hours. */
async function comeTwice(learner: Learner, around: Surroundings): Promise<void> {
  const browser = new LearnerBrowser({ ...around, network: learner.network });
  await prove(browser, learner, around);
  const [one, other] = await Promise.all([add(browser), add(browser)]);
  if (one !== other) throw new Error('two tabs led to two submissions');
  addTo(learner, around, one);
  if ((await redirected(learner, around)) !== one) throw new Error('coming back made a second submission');
}

/** Whoever has the mail and not the mailbox gets as far as the form for the code. */
async function letFriendTry({ email, network }: Learner, around: Surroundings): Promise<void> {
  const { inbox } = around;
  const friend = new LearnerBrowser({ ...around, network: network.replace(/^198\.18/, '198.19') });
  must(await friend.open((await inbox.newest(email, 'claim')) ?? ''), 'a forwarded link', 200);
  const former = inbox.countFor(email, 'code');
  must(await friend.press('/code'), 'asking for a code', 200);
  const code = (await inbox.newest(email, 'code', { after: former })) ?? '';
  must(await friend.press('/proof', { code: wrong(code) }), 'a guessed code', 422);
}

/** The institution has made a new link and mailed it; this learner tries the first mail before. */
async function followDeadLink(learner: Learner, around: Surroundings): Promise<void> {
  const browser = new LearnerBrowser({ ...around, network: learner.network });
  const dead = around.inbox.first(learner.email);
  if (dead === undefined) throw new Error('no claim mail came');
  must(await browser.open(dead), 'a dead link', 410);
  addTo(learner, around, await redirected(learner, around));
}

async function findItWithdrawn(learner: Learner, around: Surroundings): Promise<void> {
  const browser = new LearnerBrowser({ ...around, network: learner.network });
  await prove(browser, learner, around);
  if (browser.has('/add')) throw new Error('a withdrawn award can be added');
}

function must(page: ShownPage, step: string, status: number): ShownPage {
  if (page.status === status) return page;
  throw new Error(`${step} was answered with ${page.status} instead of ${status}`);
}

/** As many digits, each another one. */
function wrong(code: string): string {
  return code.replaceAll(/\d/g, (digit) => String((Number(digit) + 1) % 10));
}
