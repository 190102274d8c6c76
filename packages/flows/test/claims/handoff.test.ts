import { describe, expect, it } from 'vitest';
import { createClaimHandler } from '../../src/claims/claim-handler.ts';
import type { ClaimedAward, ClaimHandlerOptions } from '../../src/claims/claim-handler-options.ts';
import { closedClaimPages } from '../../src/claims/closed-claim-pages.ts';
import { handOver } from '../../src/claims/handoff.ts';
import { formFields } from '../../src/pages/claim-page.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { lan, microcredential } from '../add-flow-fixture.ts';
import { ClaimBrowser, proveByMail } from './claim-browser.ts';
import { keptHandoffs } from './kept-handoffs.ts';
import { openClaim, readOnly } from './open-claim.ts';

const subject = 'sis:104233';

/** Claim pages that take people whom the host hands over. */
async function openWithHandoffs(options: ClaimHandlerOptions = {}) {
  const handoffs = keptHandoffs();
  const asked: ClaimedAward[] = [];
  const host = { allows: true };
  const handoff = {
    handoffs,
    async mayClaim(award: ClaimedAward) {
      asked.push(award);
      return host.allows;
    },
  };
  const flow = await openClaim({ handoff, ...options });
  return {
    ...flow,
    handoff,
    handoffs,
    host,
    asked,
    async urlFor(awardId: string, of = subject) {
      const result = await handOver(flow.context, handoffs, { awardId, subject: of });
      if (result.outcome !== 'handed_over') throw new Error(result.outcome);
      return result.url;
    },
  };
}

/** From the address to the page of the awards. */
async function goOn(browser: ClaimBrowser, url: string) {
  await browser.open(url);
  return browser.post('/handoff');
}

describe('somebody whom the host hands over', () => {
  it('gets to their awards without a code, and adds one', async () => {
    const flow = await openWithHandoffs();
    const awardId = await flow.issue();
    const browser = flow.browser();
    const first = await browser.open(await flow.urlFor(awardId));
    expect([first.url.pathname, first.status, first.title]).toEqual([
      '/claim/handoff',
      200,
      'Credentials from Example University',
    ]);
    const awards = await browser.post('/handoff');
    expect([awards.url.pathname, awards.status]).toEqual(['/claim/awards', 200]);
    expect(awards.html).toContain(lan.fullName);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    expect((await browser.post('/add')).headers.get('refresh')).toContain('/partner/add/');
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
    expect(flow.mails.sent).toEqual([]);
    expect(flow.asked.at(-1)).toEqual({ awardId, key: '2026/WELD/104233', subject });
  });

  it('security rule 4: opening the address changes nothing, asks nobody and submits nothing', async () => {
    const flow = await openWithHandoffs();
    const awardId = await flow.issue();
    const url = await flow.urlFor(awardId);
    const never = async () => {
      throw new Error('Something was to be changed or asked.');
    };
    const handler = createClaimHandler(readOnly(flow.context), {
      handoff: { handoffs: { put: never, take: never }, mayClaim: never },
    });
    for (const method of ['GET', 'HEAD'] as const) {
      const scanner = new ClaimBrowser(handler);
      expect(await scanner.open(url, method)).toMatchObject({ status: 200 });
    }
    expect((await goOn(flow.browser(), url)).url.pathname).toBe('/claim/awards');
  });

  it('security rule 4: before the button, a good, a used and a made-up address read the same', async () => {
    const flow = await openWithHandoffs();
    const awardId = await flow.issue();
    const used = await flow.urlFor(awardId);
    await goOn(flow.browser(), used);
    const made = `https://credentials.example.edu/claim/handoff/${'A'.repeat(43)}`;
    const bodies = [];
    for (const url of [await flow.urlFor(awardId), used, made]) {
      const { html } = await flow.browser().open(url);
      bodies.push(html.replaceAll(/name="csrf" value="[^"]*"/g, ''));
    }
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).not.toContain(lan.fullName);
  });

  it('security rule 5: the secret is in no address after the first, and stored as a hash only', async () => {
    const flow = await openWithHandoffs();
    const url = await flow.urlFor(await flow.issue());
    const secret = url.split('/').at(-1) ?? '';
    const browser = flow.browser();
    const dump = JSON.stringify([...flow.handoffs.rows], (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : value,
    );
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(subject);
    const page = await goOn(browser, url);
    expect(browser.addresses.filter((address) => address.includes(secret))).toEqual([url]);
    expect(page.html).not.toContain(secret);
    expect([...browser.cookies.values()].join()).not.toContain(secret);
  });

  it('of two browsers with one address, one gets in', async () => {
    const flow = await openWithHandoffs();
    const url = await flow.urlFor(await flow.issue());
    const browsers = [flow.browser(), flow.browser()];
    for (const browser of browsers) await browser.open(url);
    const pages = await Promise.all(browsers.map(async (browser) => browser.post('/handoff')));
    expect(pages.map(({ problem }) => problem ?? 'in').toSorted()).toEqual(['handoff_over', 'in']);
  });

  it('gets in for a minute only', async () => {
    const flow = await openWithHandoffs();
    const awardId = await flow.issue();
    const url = await flow.urlFor(awardId);
    const browser = flow.browser();
    await browser.open(url);
    flow.clock.advance(60_000);
    expect(await browser.post('/handoff')).toMatchObject({ status: 410, problem: 'handoff_over' });
    expect((await browser.open('/claim/awards')).problem).toBe('link_expired');
  });

  it('needs the form of our own page', async () => {
    const flow = await openWithHandoffs();
    const url = await flow.urlFor(await flow.issue());
    const browser = flow.browser();
    const page = await browser.open(url);
    const body = new URLSearchParams(page.forms[0]?.fields).toString();
    const post = (headers: Record<string, string>, text: string) =>
      browser.request(page.url, { method: 'POST', headers, body: text });
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post({ ...type, origin: 'https://evil.example' }, body)).status).toBe(403);
    expect((await post({ ...type, origin: page.url.origin }, 'csrf=')).status).toBe(403);
    expect((await browser.post('/handoff')).url.pathname).toBe('/claim/awards');
  });

  it('is asked for again with every page and with the POST', async () => {
    const flow = await openWithHandoffs();
    const awardId = await flow.issue();
    const browser = flow.browser();
    const awards = await goOn(browser, await flow.urlFor(awardId));
    flow.host.allows = false;
    expect((await browser.open('/claim/awards')).problem).toBe('wrong_person');
    browser.page = awards;
    expect(await browser.post('/add')).toMatchObject({ status: 403, problem: 'wrong_person' });
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    expect((await goOn(flow.browser(), await flow.urlFor(awardId))).problem).toBe('wrong_person');
  });

  it('a fault of the host lets nobody in', async () => {
    const flow = await openWithHandoffs();
    const awardId = await flow.issue();
    const browser = flow.browser();
    await browser.open(await flow.urlFor(awardId));
    flow.handoff.mayClaim = async () => {
      throw new Error('no database');
    };
    expect((await browser.post('/handoff')).problem).toBe('ours');
    expect(String(flow.faults[0])).toContain('handoff.mayClaim failed with Error');
  });

  it('takes the place of whoever was handed over before in this browser', async () => {
    const flow = await openWithHandoffs();
    const mine = await flow.issue();
    const theirs = await flow.issue({
      key: 'other',
      recipient: { fullName: 'Somchai', email: 'somchai@example.edu', subject: 'sis:2' },
      credential: microcredential({ full_name: 'Somchai' }),
    });
    const browser = flow.browser();
    const awards = await goOn(browser, await flow.urlFor(mine));
    const other = await goOn(browser, await flow.urlFor(theirs, 'sis:2'));
    expect(other.html).toContain('Somchai');
    expect(other.html).not.toContain(lan.fullName);
    browser.page = awards;
    expect((await browser.post('/add')).status).toBe(403);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('answers for known facts besides, and no code', async () => {
    const recipient = { ...lan, knownFacts: { student_number: '104233' } };
    const flow = await openWithHandoffs({ knownFacts: ['student_number'] });
    const browser = flow.browser();
    const asked = await goOn(browser, await flow.urlFor(await flow.issue({ recipient })));
    expect(asked.url.pathname).toMatch(/\/facts$/);
    const awards = await browser.post('/facts', { [formFields.fact('student_number')]: '104233' });
    expect(awards.html).toContain(lan.fullName);
    expect(flow.mails.sent).toEqual([]);
    expect((await browser.post('/add')).headers.get('refresh')).toContain('/partner/add/');
  });

  it('everybody else still proves the mailbox', async () => {
    const flow = await openWithHandoffs();
    const awardId = await flow.issue();
    const awards = await proveByMail(flow.browser(), await flow.linkOf(awardId), flow.mails);
    expect(awards.html).toContain(lan.fullName);
    expect(flow.asked).toEqual([]);
  });
});

describe('handing over', () => {
  it.each([
    ['to somebody else', 'sis:104234'],
    ['by the e-mail address', lan.email],
  ])('is refused %s', async (_how, other) => {
    const flow = await openWithHandoffs();
    const awardId = await flow.issue();
    const result = await handOver(flow.context, flow.handoffs, { awardId, subject: other });
    expect(result).toEqual({ outcome: 'not_theirs' });
    expect(flow.handoffs.rows.size).toBe(0);
  });

  it('is refused for a recipient without a subject, a withdrawn award and none', async () => {
    const flow = await openWithHandoffs();
    const { subject: _, ...unknown } = lan;
    const unlinked = await flow.issue({ recipient: unknown });
    const withdrawn = await flow.issue({ key: 'withdrawn' });
    await withdraw(flow.context, { awardId: withdrawn, who: 'staff-7', reason: 'issued_in_error' });
    for (const awardId of [unlinked, withdrawn, 'A'.repeat(22), '']) {
      const result = await handOver(flow.context, flow.handoffs, { awardId, subject });
      expect(result).toEqual({ outcome: 'not_theirs' });
    }
  });
});

it('without handoffs there is nothing at their address', async () => {
  const flow = await openClaim();
  const made = `https://credentials.example.edu/claim/handoff/${'A'.repeat(43)}`;
  expect((await flow.browser().open(made)).problem).toBe('unknown_link');
  expect((await flow.browser().open('https://credentials.example.edu/claim/handoff')).problem).toBe(
    'unknown_link',
  );
});

it("a handoff beside the host's own proof is refused", async () => {
  const { context, handoff } = await openWithHandoffs();
  expect(() => createClaimHandler(context, { handoff, proof: { host: async () => undefined } })).toThrow(
    /handoff is a proof/,
  );
});

it('closed claim pages ask to come back later, in the language of the browser, with the headers of every page', async () => {
  const closed = closedClaimPages({
    claimBaseUrl: 'https://credentials.example.edu/claim',
    brand: { name: 'Example University' },
  });
  for (const method of ['GET', 'POST']) {
    const url = 'https://credentials.example.edu/claim/abc/secret-token';
    const answer = await closed(new Request(url, { method, headers: { 'accept-language': 'th' } }));
    const html = await answer.text();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'self';");
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(html).toContain('lang="th"');
    expect(html).not.toContain('secret-token');
  }
});
