import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { claimUrl } from '../../src/awards/claim-link.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { lookupHash } from '../../src/keys/lookup-hash.ts';
import { formFields } from '../../src/pages/claim-page.ts';
import { ClaimBrowser, codeIn, type ViewedPage } from '../claims/claim-browser.ts';
import { classList } from './class-list.ts';
import type { PostOffice } from './post-office.ts';

/** A person of the class list who has been told of their awards. */
export interface Learner {
  readonly email: string;
  /** Claim links by award id. */
  readonly links: ReadonlyMap<string, string>;
}

/** A learner's award, and where SEEK Pass wants its learner. */
export interface Claimed {
  readonly awardId: string;
  readonly email: string;
  readonly redirectUri: string;
}

/** All learners on their way through the claim pages. */
export interface Claimants {
  /** Waits until so many awards were claimed. */
  reached(count: number): Promise<void>;
  readonly finished: Promise<readonly Claimed[]>;
}

/** The people of the first `size` awards of the class list, with their links as their mails hold them. */
export async function learnersOf(context: FlowContext, size: number): Promise<Learner[]> {
  const { issuer, lookupKey, store } = context;
  const learners = new Map<string, Map<string, string>>();
  for (const { key, recipient } of classList(size)) {
    const hash = lookupHash(lookupKey, issuer, 'business_key', key);
    const [award] = await store.read.awardsByKey(issuer, [hash]);
    if (award === undefined) throw new Error(`There is no award ${key}.`);
    const links = learners.get(recipient.email) ?? new Map<string, string>();
    learners.set(recipient.email, links.set(award.id, claimUrl(context, award)));
  }
  return [...learners].map(([email, links]) => ({ email, links }));
}

/** Sends all learners to the claim pages, so many at a time. They are patient: while nobody answers they try again. */
export function claimAll(learners: readonly Learner[], post: PostOffice, atOnce: number): Claimants {
  const claimed: Claimed[] = [];
  const over = new AbortController();
  onTestFinished(() => over.abort());
  const waiting = learners.values();
  const lane = async () => {
    for (const learner of waiting) await claimAwardsOf(learner, post, over.signal, claimed);
  };
  const all = Promise.all(Array.from({ length: atOnce }, lane));
  all.catch(() => undefined);
  return {
    async reached(count) {
      while (claimed.length < count) await Promise.race([pause(5), all]);
    },
    finished: all.then(() => claimed),
  };
}

async function claimAwardsOf(
  learner: Learner,
  post: PostOffice,
  over: AbortSignal,
  claimed: Claimed[],
): Promise<void> {
  const browser = new ClaimBrowser((request) => reachable(request, over), {
    headers: { 'x-forwarded-for': addressOfHome(learner.email) },
  });
  const awards = await prove(browser, learner, post);
  for (const awardId of learner.links.keys()) {
    await browser.open(awards.url.href);
    let page = await browser.post(`/${awardId}/add`);
    // SEEK Pass is down for longer than the page waits; the learner presses its button.
    while (page.problem === 'unavailable') page = await browser.post(`/${awardId}/add`);
    const [, redirectUri] = /^1; url=(.*)$/.exec(page.headers.get('refresh') ?? '') ?? [];
    if (redirectUri === undefined) throw new Error(`A claim ended on "${page.title}".`);
    claimed.push({ awardId, email: learner.email, redirectUri });
  }
}

/** From the link to the page of all awards. Asks for another code when the answer to the first was lost in a crash. */
async function prove(
  browser: ClaimBrowser,
  { email, links }: Learner,
  post: PostOffice,
): Promise<ViewedPage> {
  const [link] = links.values();
  for (;;) {
    const former = await post.newestTo(email);
    const start = await browser.open(String(link));
    const code = await browser.post('/code');
    const mail = await newMail(post, email, former?.messageId);
    const page = await browser.post('/proof', { [formFields.code]: codeIn({ sent: [mail] }) });
    if (page.url.pathname.endsWith('/awards')) return page;
    const problem = [start, code, page].find((shown) => shown.problem !== undefined);
    if (problem !== undefined) throw new Error(`A claim ended on "${problem.title}".`);
  }
}

/** As a browser whose user reloads until somebody answers. */
async function reachable(request: Request, over: AbortSignal): Promise<Response> {
  for (;;) {
    over.throwIfAborted();
    const response = await fetch(request.clone(), { redirect: 'manual' }).catch(() => undefined);
    // The body may be cut off as well.
    const body = await response?.arrayBuffer().catch(() => undefined);
    if (response !== undefined && body !== undefined) {
      return new Response(body.byteLength === 0 ? null : body, response);
    }
    await pause(50);
  }
}

/** A mail that came after the one with this id. */
async function newMail(post: PostOffice, address: string, formerId: string | undefined) {
  for (;;) {
    const mail = await post.newestTo(address);
    if (mail !== undefined && mail.messageId !== formerId) return mail;
    await pause(20);
  }
}

/** An address of the network that no other learner has. */
function addressOfHome(email: string): string {
  const number = Number(/\d+/.exec(email)?.[0] ?? 0);
  return `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
}
