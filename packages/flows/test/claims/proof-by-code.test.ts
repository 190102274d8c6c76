import { describe, expect, it } from 'vitest';
import { recipientId } from '../../src/awards/recipient-identity.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/ports.ts';
import { lan } from '../add-flow-fixture.ts';
import { codeIn, proveByMail } from './claim-browser.ts';
import { openClaim } from './open-claim.ts';
import { watchedStore } from './watched-store.ts';

/** Any code but this one. */
function wrongCode(code: string, at = 1): string {
  const digits = Number(code.replace(/\D/g, ''));
  return String((digits + at) % 100_000_000).padStart(8, '0');
}

const guessing = {
  'content-type': 'application/x-www-form-urlencoded',
  origin: 'https://credentials.example.edu',
};

describe('security rule 7: a mailed code', () => {
  it('is stored as a keyed hash only, and stands on no page', async () => {
    const stored: unknown[] = [];
    const store = createMemoryStore();
    const watched: Store = {
      ...store,
      transaction: (work) =>
        store.transaction((tx) =>
          work({
            ...tx,
            putClaimCode: async (row) => {
              stored.push(row);
              await tx.putClaimCode(row);
            },
          }),
        ),
    };
    const flow = await openClaim({}, { store: watched });
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue()));
    const page = await browser.post('/code');
    const digits = codeIn(flow.mails).replace(/\D/g, '');
    expect(digits).toHaveLength(8);
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(digits);
    expect(page.html.replaceAll(/\D/g, '')).not.toContain(digits);
  });

  it('is right however its digits are grouped or typed', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    for (const spell of [
      (code: string) => ` ${code.slice(0, 4)}-${code.slice(4)} `,
      (code: string) => code.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ]) {
      const browser = flow.browser();
      await browser.open(link);
      await browser.post('/code');
      const typed = spell(codeIn(flow.mails).replace(/\D/g, ''));
      expect((await browser.post('/proof', { code: typed })).url.pathname).toBe('/claim/awards');
    }
  });

  it('counts in the browser that asked for it only', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    const [one, other] = [flow.browser(), flow.browser()];
    await one.open(link);
    await other.open(link);
    await one.post('/code');
    const code = codeIn(flow.mails);
    const { forms } = one.page ?? {};
    const proof = forms?.find(({ action }) => action.endsWith('/proof'));
    const crossed = await other.postTo(proof?.action ?? '', { ...proof?.fields, code });
    expect(crossed).toMatchObject({ status: 403, problem: 'foreign_form' });
    await other.post('/code').catch(() => undefined);
    await other.open(link);
    const csrf = other.page?.forms[0]?.fields ?? {};
    expect((await other.postTo(proof?.action ?? '', { ...csrf, code })).status).toBe(422);
    expect(other.cookies.has('__Host-claim-session-default')).toBe(false);
  });

  it('counts only while it is the newest', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    const browser = flow.browser();
    await browser.open(link);
    await browser.post('/code');
    const first = codeIn(flow.mails);
    await browser.post('/code');
    const second = codeIn(flow.mails);
    expect((await browser.post('/proof', { code: first })).status).toBe(422);
    expect((await browser.post('/proof', { code: second })).url.pathname).toBe('/claim/awards');
  });

  it('counts once: in a second try it is gone', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    const browser = flow.browser();
    await browser.open(link);
    await browser.post('/code');
    const pass = new Map(browser.cookies);
    const proof = browser.page?.forms.find(({ action }) => action.endsWith('/proof'));
    const typed = { ...proof?.fields, code: codeIn(flow.mails) };
    const thief = flow.browser();
    thief.plantCookies(pass);
    const answers = await Promise.all([
      browser.postTo(proof?.action ?? '', typed),
      thief.open(link).then(() => thief.postTo(proof?.action ?? '', typed)),
    ]);
    expect(answers.map(({ url }) => url.pathname).filter((path) => path === '/claim/awards')).toHaveLength(1);
  });

  it('is too old after 15 minutes, and the page says so', async () => {
    const flow = await openClaim();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue()));
    await browser.post('/code');
    const code = codeIn(flow.mails);
    flow.advance({ minutes: 15 });
    const late = await browser.post('/proof', { code });
    expect(late.status).toBe(422);
    expect(late.html).toContain('too old');
    await browser.post('/code');
    expect((await browser.post('/proof', { code: codeIn(flow.mails) })).status).toBe(200);
  });

  it('takes five tries; what is no code at all is none', async () => {
    const flow = await openClaim();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue()));
    await browser.post('/code');
    const code = codeIn(flow.mails);
    for (let at = 0; at < 10; at += 1) await browser.post('/proof', { code: '123' });
    for (let at = 1; at <= 5; at += 1) {
      expect((await browser.post('/proof', { code: wrongCode(code, at) })).status).toBe(422);
    }
    expect((await browser.post('/proof', { code })).html).toContain('does not work any more');
    await browser.post('/code');
    expect((await browser.post('/proof', { code: codeIn(flow.mails) })).url.pathname).toBe('/claim/awards');
  });

  it('of 1,000 guesses at once five are compared', async () => {
    const { store, seen } = watchedStore();
    const flow = await openClaim({}, { store });
    const awardId = await flow.issue();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(awardId));
    const page = await browser.post('/code');
    const { fields = {} } = page.forms.find(({ action }) => action.endsWith('/proof')) ?? {};
    const code = codeIn(flow.mails);
    const url = new URL(`/claim/${awardId}/proof`, page.url);
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, at) =>
        browser.request(url, {
          method: 'POST',
          headers: guessing,
          body: new URLSearchParams({ ...fields, code: wrongCode(code, at + 1) }).toString(),
        }),
      ),
    );
    expect(seen()).toBe(5);
    expect(answers.filter(({ status }) => status === 303)).toEqual([]);
    expect((await browser.postTo(url.pathname, { ...fields, code })).status).toBe(422);
  });

  it('proves the mailbox: who has the link and not the mailbox does not get in', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    const friend = flow.browser();
    await friend.open(link);
    await friend.post('/code');
    expect(flow.mails.sent.map(({ to }) => to.address)).toEqual([lan.email]);
    const guess = await friend.post('/proof', { code: wrongCode(codeIn(flow.mails)) });
    expect(guess.status).toBe(422);
    for (const path of ['/claim/awards', new URL(link).pathname.replace(/[^/]+$/, 'facts')]) {
      expect((await friend.open(path)).problem).toBe('link_expired');
    }
  });

  it('planted cookies die with the proof: the session of the proof has an id that nobody else knows', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    const attacker = flow.browser();
    await attacker.open(link);
    await attacker.post('/code');
    const planted = new Map(attacker.cookies);
    const victim = flow.browser();
    victim.plantCookies(planted);
    victim.plantCookies(new Map([['__Host-claim-session-default', 'A'.repeat(43)]]));
    await proveByMail(victim, link, flow.mails);
    expect(victim.page?.url.pathname).toBe('/claim/awards');
    expect(victim.cookies.get('__Host-claim-session-default')).not.toBe('A'.repeat(43));
    attacker.plantCookies(new Map([['__Host-claim-session-default', 'A'.repeat(43)]]));
    expect((await attacker.open('/claim/awards')).problem).toBe('link_expired');
    const start = await attacker.open(link);
    expect(start.forms.map(({ action }) => action)).toEqual([expect.stringMatching(/\/code$/)]);
  });

  it('ends the session that this browser had before', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    const other = await flow.linkOf(
      await flow.issue({ key: 'b', recipient: { fullName: 'Siti', email: 'siti@example.edu' } }),
    );
    const browser = flow.browser();
    await proveByMail(browser, link, flow.mails);
    const former = flow.browser();
    former.plantCookies(browser.cookies);
    expect((await former.open(new URL('/claim/awards', link).href)).status).toBe(200);
    await proveByMail(browser, other, flow.mails);
    expect((await former.open('/claim/awards')).problem).toBe('link_expired');
  });

  it('sent before the award was withdrawn is dead', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(awardId));
    await browser.post('/code');
    await withdraw(flow.context, { awardId, reason: 'revoked', who: 'staff-7' });
    expect((await browser.post('/proof', { code: codeIn(flow.mails) })).status).toBe(422);
  });
});

describe('when a code cannot be mailed', () => {
  it('not now: the page offers to try again', async () => {
    const flow = await openClaim();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue()));
    flow.mails.answers.push({ outcome: 'deferred' });
    const failed = await browser.post('/code');
    expect(failed).toMatchObject({ status: 503, problem: 'mail_failed' });
    expect(Number(failed.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await browser.post('/code')).url.pathname).toMatch(/\/code$/);
  });

  it('never to this address: the page says so and offers nothing', async () => {
    const flow = await openClaim();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue()));
    flow.mails.answers.push({ outcome: 'refused' });
    expect(await browser.post('/code')).toMatchObject({ status: 503, problem: 'mail_failed', forms: [] });
  });

  it('to somebody who was erased: the link leads nowhere', async () => {
    const flow = await openClaim();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue()));
    const id = recipientId(flow.context, lan);
    const row = await flow.store.read.recipient('default', id);
    if (row === undefined) throw new Error('no recipient');
    await flow.store.transaction((tx) => tx.updateRecipient({ ...row, wrappedKey: null }, row));
    expect(await browser.post('/code')).toMatchObject({ status: 404, problem: 'unknown_link' });
    expect(flow.mails.sent).toEqual([]);
  });
});
