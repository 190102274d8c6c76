import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { claimUrl } from '../../src/awards/claim-link.ts';
import { lookupHash } from '../../src/keys/lookup-hash.ts';
import { formFields } from '../../src/pages/claim-page.ts';
import { ClaimBrowser, codeIn, type ViewedPage } from '../claims/claim-browser.ts';
import { classList } from './class-list.ts';
import { type FlowSettings, openFlow } from './flow-settings.ts';
import type { DeliveredMail, PostOffice } from './post-office.ts';

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
  /** How many awards were claimed so far. */
  count(): number;
  readonly finished: Promise<readonly Claimed[]>;
}

/** The people of the first `size` awards of the class list, with their links as their mails hold them. */
export async function learnersOf(settings: FlowSettings, size: number): Promise<Learner[]> {
  const { flow, close } = await openFlow(settings);
  const { context } = flow;
  const learners = new Map<string, Map<string, string>>();
  for (const { key, recipient } of classList(size)) {
    const hash = lookupHash(context.lookupKey, context.issuer, 'business_key', key);
    const [award] = await context.store.read.awardsByKey(context.issuer, [hash]);
    if (award === undefined) throw new Error(`There is no award ${key}.`);
    const links = learners.get(recipient.email) ?? new Map<string, string>();
    learners.set(recipient.email, links.set(award.id, claimUrl(context, award)));
  }
  await close();
  return [...learners].map(([email, links]) => ({ email, links }));
}

/** Where learners go, and how. */
export interface Journeys {
  readonly post: PostOffice;
  /** Of the processes that serve the claim pages; each request goes to the next one. */
  readonly ports: readonly number[];
  /** How many learners are on their way at the same time. */
  readonly atOnce: number;
}

/** Sends all learners to the claim pages. They are patient: while nobody answers they try again. */
export function claimAll(learners: readonly Learner[], { post, ports, atOnce }: Journeys): Claimants {
  const claimed: Claimed[] = [];
  const over = new AbortController();
  onTestFinished(() => over.abort());
  const waiting = learners.values();
  const fetchPatiently = throughDoors(ports, over.signal);
  const lane = async () => {
    for (const learner of waiting) await claimAwardsOf(learner, post, fetchPatiently, claimed);
  };
  const finished = Promise.all(Array.from({ length: atOnce }, lane)).then(() => claimed);
  // Told to whoever waits for it, be it later.
  finished.catch(() => undefined);
  return {
    async reached(count) {
      while (claimed.length < count) await Promise.race([pause(5), finished]);
    },
    count: () => claimed.length,
    finished,
  };
}

async function claimAwardsOf(
  learner: Learner,
  post: PostOffice,
  fetchPatiently: (request: Request) => Promise<Response>,
  claimed: Claimed[],
): Promise<void> {
  const browser = new ClaimBrowser(fetchPatiently, {
    headers: { 'x-forwarded-for': addressOfHome(learner.email) },
  });
  const awards = await prove(browser, learner, post);
  for (const awardId of learner.links.keys()) {
    await browser.open(awards.url.href);
    let page = await browser.post(`/${awardId}/add`);
    // SEEK Pass is down for longer than the page waits; the learner presses its button.
    while (page.problem === 'unavailable') page = await browser.post(`/${awardId}/add`);
    const [, redirectUri] = /^0; url=(.*)$/.exec(page.headers.get('refresh') ?? '') ?? [];
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
    const former = await post.newestTo(email, codeText);
    const start = await browser.open(String(link));
    const code = await browser.post('/code');
    const mail = await newMail(post, email, former?.messageId);
    const page = await browser.post('/proof', { [formFields.code]: codeIn({ sent: [mail] }) });
    if (page.url.pathname.endsWith('/awards')) return page;
    const problem = [start, code, page].find((shown) => shown.problem !== undefined);
    if (problem !== undefined) throw new Error(`A claim ended on "${problem.title}".`);
  }
}

/** As browsers behind a load balancer whose users reload until somebody answers. */
function throughDoors(ports: readonly number[], over: AbortSignal): (request: Request) => Promise<Response> {
  let next = 0;
  return async (request) => {
    for (;;) {
      over.throwIfAborted();
      const url = new URL(request.url);
      url.port = String(ports[next % ports.length]);
      next += 1;
      const answer = await fetchOnce(new Request(url, request.clone()));
      if (answer !== undefined) return answer;
      await pause(50);
    }
  };
}

/** A process that stands still is given up on after this time. */
const patienceMs = 10_000;

/** `undefined`: nobody answered, or the answer broke off. */
async function fetchOnce(request: Request): Promise<Response | undefined> {
  try {
    const response = await fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(patienceMs) });
    const body = await response.arrayBuffer();
    return new Response(body.byteLength === 0 ? null : body, response);
  } catch {
    return undefined;
  }
}

/** As a code stands in its mail. */
const codeText = /(?<!\d)\d{4}[ \u00a0]?\d{4}(?!\d)/;

/** A mail with a code that came after the one with this id. */
async function newMail(
  post: PostOffice,
  address: string,
  formerId: string | undefined,
): Promise<DeliveredMail> {
  for (const until = Date.now() + mailPatienceMs; Date.now() < until; ) {
    const mail = await post.newestTo(address, codeText);
    if (mail !== undefined && mail.messageId !== formerId) return mail;
    await pause(20);
  }
  throw new Error('A learner asked for a code, and no mail came.');
}

const mailPatienceMs = 60_000;

/** An address of the network that no other learner has. */
function addressOfHome(email: string): string {
  const number = Number(/\d+/.exec(email)?.[0] ?? 0);
  return `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
}
