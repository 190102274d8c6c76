import { describe, expect, it } from 'vitest';
import { rotateLink } from '../../src/awards/claim-link.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { type ClaimBrowser, codeIn, proveByMail } from './claim-browser.ts';
import { type ClaimFixture, openClaim } from './open-claim.ts';
import { watchedStore } from './watched-store.ts';

const learner = (at: number) => ({ fullName: `Learner ${at}`, email: `learner${at}@example.edu` });

/** Uses up the five tries of a newly mailed code; gives back how many were answered as tries. */
async function failFiveTimes(browser: ClaimBrowser, flow: ClaimFixture, link: string): Promise<number> {
  await browser.open(link);
  const page = await browser.post('/code');
  if (page.problem !== undefined) return 0;
  const code = Number(codeIn(flow.mails).replace(/\D/g, ''));
  let tries = 0;
  for (let at = 1; at <= 5; at += 1) {
    const answer = await browser.post('/proof', { code: String((code + at) % 100_000_000).padStart(8, '0') });
    if (answer.problem === 'too_many') break;
    tries += 1;
  }
  return tries;
}

describe('security rule 7: failures of one award', () => {
  it('are 15 a day, in whatever browsers, and the day after it goes on', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    let tries = 0;
    for (let round = 0; round < 5; round += 1) tries += await failFiveTimes(flow.browser(), flow, link);
    expect(tries).toBe(15);
    const browser = flow.browser();
    await browser.open(link);
    const locked = await browser.post('/code');
    expect(locked).toMatchObject({ status: 429, problem: 'too_many' });
    expect(Number(locked.headers.get('retry-after'))).toBeLessThanOrEqual(24 * 3_600);
    flow.advance({ hours: 24 });
    expect((await proveByMail(flow.browser(), link, flow.mails)).url.pathname).toBe('/claim/awards');
  });

  it('are 50 ever, and then the institution makes a new link', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const link = await flow.linkOf(awardId);
    let tries = 0;
    for (let day = 0; day < 6; day += 1) {
      for (let round = 0; round < 4; round += 1) tries += await failFiveTimes(flow.browser(), flow, link);
      flow.advance({ hours: 24 });
    }
    expect(tries).toBe(50);
    const browser = flow.browser();
    await browser.open(link);
    const locked = await browser.post('/code');
    expect(locked.problem).toBe('too_many');
    expect(locked.headers.get('retry-after')).toBeNull();
    await rotateLink(flow.context, { awardId, who: 'staff-7' });
    const next = await proveByMail(flow.browser(), await flow.linkOf(awardId), flow.mails);
    expect(next.url.pathname).toBe('/claim/awards');
  });

  it('are never more, however many come at once', async () => {
    const { store, seen } = watchedStore();
    const flow = await openClaim({}, { store });
    const awardId = await flow.issue();
    const link = await flow.linkOf(awardId);
    for (const guesses of [3, 30, 30, 30, 30]) {
      const browser = flow.browser();
      await browser.open(link);
      const page = await browser.post('/code');
      const { fields = {} } = page.forms.find(({ action }) => action.endsWith('/proof')) ?? {};
      const code = Number(codeIn(flow.mails).replace(/\D/g, ''));
      await Promise.all(
        Array.from({ length: guesses }, (_, at) =>
          browser.request(new URL(`/claim/${awardId}/proof`, link), {
            method: 'POST',
            headers: { origin: page.url.origin, 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams({
              ...fields,
              code: String((code + at + 1) % 100_000_000).padStart(8, '0'),
            }).toString(),
          }),
        ),
      );
    }
    expect(seen()).toBe(15);
  });
});

describe('security rule 7: mails to one address', () => {
  it('are five an hour, over all awards of that address', async () => {
    const flow = await openClaim();
    const one = await flow.linkOf(await flow.issue());
    const two = await flow.linkOf(await flow.issue({ key: 'b' }));
    const browser = flow.browser();
    await browser.open(one);
    for (let sent = 0; sent < 3; sent += 1) await browser.post('/code');
    await browser.open(two);
    for (let sent = 0; sent < 2; sent += 1) await browser.post('/code');
    const refused = await browser.post('/code');
    expect(refused).toMatchObject({ status: 429, problem: 'too_many' });
    expect(Number(refused.headers.get('retry-after'))).toBe(3_600);
    expect(flow.mails.sent).toHaveLength(5);
    flow.advance({ hours: 1 });
    await browser.open(two);
    expect((await browser.post('/code')).status).toBe(200);
  });
});

describe('security rule 10: the limit of the issuer', () => {
  it('stops the mails of codes for all, and says until when', async () => {
    const store = createMemoryStore();
    const full: Store = {
      ...store,
      limits: {
        ...store.limits,
        take: async (key, limit, windowMs, now) =>
          key === 'code-mail:default'
            ? { allowed: false, used: limit }
            : store.limits.take(key, limit, windowMs, now),
      },
    };
    const flow = await openClaim({}, { store: full });
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue()));
    flow.advance({ minutes: 15 });
    const refused = await browser.post('/code');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, String(45 * 60)]);
    expect(flow.mails.sent).toEqual([]);
  });
});

describe('security rule 10: limits by network', () => {
  async function manyLearners(flow: ClaimFixture, count: number) {
    const links: string[] = [];
    for (let at = 0; at < count; at += 1) {
      const awardId = await flow.issue({ key: `award ${at}`, recipient: learner(at) });
      links.push(await flow.linkOf(awardId));
    }
    return links;
  }

  /** Asks for a code with all links; whoever is told to wait is counted and tries again. */
  async function askAll(
    flow: ClaimFixture,
    links: readonly string[],
    browserFor: (at: number) => ClaimBrowser,
  ) {
    let waited = 0;
    for (const [at, link] of links.entries()) {
      const browser = browserFor(at);
      await browser.open(link);
      const page = await browser.post('/code');
      if (page.problem !== 'too_many') continue;
      waited += 1;
      flow.clock.advance(Number(page.headers.get('retry-after')) * 1_000);
      expect((await browser.post('/code')).status).toBe(200);
    }
    return waited;
  }

  it('1,000 learners behind one router all claim: some wait for a minute, none is locked out', async () => {
    const flow = await openClaim();
    const links = await manyLearners(flow, 1_000);
    const device = () => flow.browser({ remoteAddress: '203.0.113.7' });
    const waited = await askAll(flow, links, device);
    expect(waited).toBe(1);
    expect(flow.mails.sent).toHaveLength(1_000);
    // The last of them, who waits for nobody, goes on to the end.
    const last = await proveByMail(device(), links.at(-1) ?? '', flow.mails);
    expect(last.url.pathname).toBe('/claim/awards');
  }, 120_000);

  it('a spoofed header changes nothing: neither does it get around the limit nor use up that of others', async () => {
    const flow = await openClaim({ trustedProxies: ['10.0.0.0/8'] });
    const links = await manyLearners(flow, 602);
    const spoofed = (at: number) =>
      flow.browser({
        remoteAddress: '203.0.113.7',
        headers: { 'x-forwarded-for': `198.51.100.${at % 250}`, forwarded: `for=198.51.100.${at % 250}` },
      });
    expect(await askAll(flow, links.slice(0, 601), spoofed)).toBe(1);
    expect(await askAll(flow, links.slice(601), () => flow.browser({ remoteAddress: '198.51.100.1' }))).toBe(
      0,
    );
  }, 120_000);

  it('whoever asks for more codes than an address gets uses up no place of the network', async () => {
    const flow = await openClaim();
    const [greedy = '', other = ''] = await manyLearners(flow, 2);
    const browser = flow.browser({ remoteAddress: '203.0.113.7' });
    await browser.open(greedy);
    for (let asked = 0; asked < 700; asked += 1) await browser.post('/code');
    expect(flow.mails.sent).toHaveLength(5);
    const neighbour = flow.browser({ remoteAddress: '203.0.113.7' });
    expect((await proveByMail(neighbour, other, flow.mails)).url.pathname).toBe('/claim/awards');
  });
});
