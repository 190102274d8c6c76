import { describe, expect, it } from 'vitest';
import { changeRecipient } from '../../src/awards/change-recipient.ts';
import { rotateLink } from '../../src/awards/claim-link.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { createClaimHandler } from '../../src/claims/claim-handler.ts';
import { generateClaimKey, readClaimKey } from '../../src/claims/claim-key.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { lan, microcredential, sampleRun } from '../add-flow-fixture.ts';
import { ClaimBrowser, codeIn, proveByMail } from './claim-browser.ts';
import { type ClaimFixture, openClaim, readOnly } from './open-claim.ts';

/** What a page says, apart from what differs from browser to browser and award to award. */
function wordsOf(html: string, awardId: string): string {
  return html.replaceAll(awardId, 'AWARD').replaceAll(/name="csrf" value="[^"]+"/g, 'CSRF');
}

async function addedAward(flow: ClaimFixture, key: string): Promise<string> {
  const awardId = await flow.issue({ key });
  const outcome = await submitClaim(flow.context, { awardId, generation: 1, again: false });
  const link = outcome.outcome === 'redirect' ? outcome.redirectUri : '';
  flow.sandbox.control.learner.consent({ link, email: 'lan@example.edu' });
  const [submission] = await flow.store.read.submissions('default', awardId);
  if (submission === undefined) throw new Error('no submission');
  await flow.store.transaction(async (tx) => {
    const award = await tx.lockAward('default', awardId);
    if (award !== undefined) {
      await tx.updateAward({ ...award, facts: { submissions: [{ attempt: 1, outcome: 'verified' }] } });
    }
  });
  return awardId;
}

describe('security rule 4: looking changes nothing', () => {
  it('neither GET nor HEAD of any page changes the store or sends a mail, before the proof and after it', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const link = await flow.linkOf(awardId);
    const paths = ['', '/code', '/proof', '/facts', '/add', '/add?again=yes', '/nonsense'];
    const everything = [
      link,
      ...paths.map((path) => `/claim/${awardId}${path}`),
      '/claim/awards',
      '/claim/sign-out',
      '/claim/logo',
      '/claim/unknown',
      '/',
      '/claim',
    ];
    const looking = createClaimHandler(readOnly(flow.context));
    const proved = flow.browser();
    await proveByMail(proved, link, flow.mails);
    const mailed = flow.mails.sent.length;
    for (const cookies of [new Map<string, string>(), proved.cookies]) {
      for (const method of ['GET', 'HEAD'] as const) {
        const scanner = new ClaimBrowser(looking);
        scanner.plantCookies(cookies);
        await scanner.open(link);
        for (const address of everything) {
          const page = await scanner.open(new URL(address, link).href, method);
          expect([address, page.problem]).not.toContain('ours');
          if (method === 'HEAD') expect(page.html).toBe('');
        }
      }
    }
    expect(flow.mails.sent).toHaveLength(mailed);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('no page submits by itself: none has a script, and what posts is a form', async () => {
    const flow = await openClaim();
    const browser = flow.browser();
    const link = await flow.linkOf(await flow.issue());
    const pages = [await browser.open(link), await browser.post('/code')];
    pages.push(await browser.post('/proof', { code: codeIn(flow.mails) }));
    for (const { html } of pages) expect(html).not.toMatch(/<script|\son\w+=|http-equiv/i);
  });

  it('before the proof live, added, withdrawn and superseded awards give the same bytes, which name the institution only', async () => {
    const flow = await openClaim();
    const live = await flow.issue({ key: 'live' });
    const added = await addedAward(flow, 'added');
    const withdrawn = await flow.issue({ key: 'withdrawn' });
    const superseded = await flow.issue({ key: 'superseded' });
    const links = await Promise.all([live, added, withdrawn, superseded].map((id) => flow.linkOf(id)));
    await withdraw(flow.context, { awardId: withdrawn, reason: 'issued_in_error', who: 'staff-7' });
    await flow.issue({
      key: 'superseded',
      credential: microcredential({ microcredential_name: 'Underwater Welding, Level 3' }),
    });
    const seen = new Set<string>();
    for (const [at, awardId] of [live, added, withdrawn, superseded].entries()) {
      const browser = flow.browser();
      const start = await browser.open(links[at] ?? '');
      const code = await browser.post('/code');
      seen.add(
        JSON.stringify([start, code].map(({ status, html }) => ({ status, html: wordsOf(html, awardId) }))),
      );
      expect(start.html + code.html).not.toMatch(/Welding|Nguy|lan@|microcredential/);
    }
    expect(seen.size).toBe(1);
    expect([...seen][0]).toContain('Example University');
    expect(flow.mails.sent).toHaveLength(4);
  });

  it('in one browser the bytes stay the same while the award is added and withdrawn', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const browser = flow.browser();
    const before = await browser.open(await flow.linkOf(awardId));
    await submitClaim(flow.context, { awardId, generation: 1, again: false });
    const submitted = await browser.open(before.url.href);
    await withdraw(flow.context, { awardId, reason: 'revoked', who: 'staff-7' });
    const after = await browser.open(before.url.href);
    expect(submitted.html).toBe(before.html);
    expect(after.html).toBe(before.html);
  });

  it('after the proof the truth is told: withdrawn', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const link = await flow.linkOf(awardId);
    await withdraw(flow.context, { awardId, reason: 'revoked', who: 'staff-7' });
    const awards = await proveByMail(flow.browser(), link, flow.mails);
    expect(awards.url.pathname).toBe('/claim/awards');
    expect(awards.html).toContain('Underwater Welding, Level 2');
    expect(awards.forms.map(({ action }) => action)).toEqual(['/claim/sign-out']);
  });

  it('after the proof the truth is told: superseded, with the newer version in its place', async () => {
    const flow = await openClaim();
    const former = await flow.issue();
    const link = await flow.linkOf(former);
    const credential = microcredential({ microcredential_name: 'Underwater Welding, Level 3' });
    const next = await flow.issue({ credential });
    const browser = flow.browser();
    const awards = await proveByMail(browser, link, flow.mails);
    expect(awards.html).toContain('Level 3');
    expect(awards.html).not.toContain('Level 2');
    expect(awards.forms.map(({ action }) => action)).toContain(`/claim/${next}/add`);
    expect((await browser.post('/add')).headers.get('refresh')).toContain('/partner/add/microcredential');
  });
});

describe('security rule 5: the token leaves the address at once', () => {
  it('the link leads to an address without it, and no later address, page or form has it', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const link = await flow.linkOf(awardId);
    const token = link.split('/').at(-1) ?? '';
    const browser = flow.browser();
    await proveByMail(browser, link, flow.mails);
    const leaving = await browser.post('/add');
    expect(browser.addresses.filter((address) => address.includes(token))).toEqual([link]);
    expect(leaving.html).not.toContain(token);
    const response = await flow.browser().request(new URL(link), { method: 'GET' });
    expect(response.headers.get('location')).toBe(`/claim/${awardId}`);
    expect(response.headers.get('referrer-policy')).toBe('same-origin');
    expect(await response.text()).toBe('');
  });

  it('its cookie is of this host only, unreadable for scripts, and good for half an hour', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const link = await flow.linkOf(awardId);
    const response = await flow.browser().request(new URL(link), { method: 'GET' });
    const [cookie = '', ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(
      new RegExp(`^__Host-claim-pass-${awardId}=[A-Za-z0-9_-]+; Path=/; Max-Age=1800; `),
    );
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
    expect(cookie).not.toContain(link.split('/').at(-1));
  });

  it('after half an hour the link is to be opened again', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    const browser = flow.browser();
    const start = await browser.open(link);
    flow.advance({ minutes: 29 });
    expect((await browser.open(start.url.href)).status).toBe(200);
    flow.advance({ minutes: 1 });
    expect(await browser.open(start.url.href)).toMatchObject({ status: 403, problem: 'link_expired' });
    expect((await browser.open(link)).status).toBe(200);
  });

  it('opened once more, it leaves the code that is in the mail working', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    const browser = flow.browser();
    await browser.open(link);
    const code = await browser.post('/code');
    await browser.open(link);
    await browser.open(code.url.href);
    const awards = await browser.post('/proof', { code: codeIn(flow.mails) });
    expect(awards.url.pathname).toBe('/claim/awards');
  });

  it('a cookie of another award, another issuer or another claim key opens nothing', async () => {
    const flow = await openClaim();
    const [one, two] = [await flow.issue({ key: 'one' }), await flow.issue({ key: 'two' })];
    const browser = flow.browser();
    await browser.open(await flow.linkOf(one));
    const pass = browser.cookies.get(`__Host-claim-pass-${one}`) ?? '';
    const show = async (handler: ClaimFixture['handler'], awardId: string) => {
      const other = new ClaimBrowser(handler);
      other.plantCookies(new Map([[`__Host-claim-pass-${awardId}`, pass]]));
      return (await other.open(`https://credentials.example.edu/claim/${awardId}`)).problem;
    };
    expect(await show(flow.handler, one)).toBeUndefined();
    expect(await show(flow.handler, two)).toBe('link_expired');
    expect(await show(createClaimHandler({ ...flow.context, issuer: 'other' }), one)).toBe('link_expired');
    const next = readClaimKey(generateClaimKey());
    expect(await show(createClaimHandler({ ...flow.context, claimKeys: [next] }), one)).toBe('link_expired');
    const both = createClaimHandler({ ...flow.context, claimKeys: [next, ...flow.context.claimKeys] });
    expect(await show(both, one)).toBeUndefined();
  });

  it('over http, where a sandbox may be, the cookies do without https', async () => {
    const flow = await openClaim({}, { claimBaseUrl: 'http://127.0.0.1:4020/claim' });
    const link = await flow.linkOf(await flow.issue());
    const response = await flow.browser().request(new URL(link), { method: 'GET' });
    expect(response.headers.getSetCookie()[0]).toMatch(/^claim-pass-.*; SameSite=Lax$/);
    expect((await proveByMail(flow.browser(), link, flow.mails)).url.pathname).toBe('/claim/awards');
  });
});

describe('security rule 11: which links work', () => {
  it('an unknown award, a wrong token and a link cut off in the mail look the same', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    const [, token = ''] = /([^/]+)$/.exec(link) ?? [];
    const other = token.startsWith('A') ? `B${token.slice(1)}` : `A${token.slice(1)}`;
    const links = [
      link.replace(token, other),
      link.slice(0, -1),
      `https://credentials.example.edu/claim/${'A'.repeat(22)}/${token}`,
      `https://credentials.example.edu/claim/short/${token}`,
    ];
    const pages = await Promise.all(links.map((address) => flow.browser().open(address)));
    expect(new Set(pages.map(({ html }) => html)).size).toBe(1);
    for (const page of pages) expect(page).toMatchObject({ status: 404, problem: 'unknown_link' });
    expect(pages[0]?.html).not.toContain(token);
  });

  it('after a newer link was made the older says so, in the mail and in a browser that opened it, and its code is dead', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const link = await flow.linkOf(awardId);
    const browser = flow.browser();
    await browser.open(link);
    const code = await browser.post('/code');
    const typed = { ...code.forms[0]?.fields, code: codeIn(flow.mails) };
    await rotateLink(flow.context, { awardId, who: 'staff-7' });
    const newer = { status: 410, problem: 'newer_link' };
    expect(await browser.postTo(`/claim/${awardId}/proof`, typed)).toMatchObject(newer);
    expect(await browser.open(code.url.href)).toMatchObject(newer);
    expect(await flow.browser().open(link)).toMatchObject(newer);
    const next = await proveByMail(browser, await flow.linkOf(awardId), flow.mails);
    expect(next.url.pathname).toBe('/claim/awards');
  });

  it('a session ends when the link behind it is replaced', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const browser = flow.browser();
    const awards = await proveByMail(browser, await flow.linkOf(awardId), flow.mails);
    await rotateLink(flow.context, { awardId, who: 'staff-7' });
    const { forms } = awards;
    expect(await browser.open(awards.url.href)).toMatchObject({ problem: 'link_expired' });
    const add = forms.find(({ action }) => action.endsWith('/add'));
    expect(await browser.postTo(add?.action ?? '', add?.fields ?? {})).toMatchObject({
      problem: 'link_expired',
    });
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('of an award that was given to another address: the old link, its code and its session are dead, the new one waits a day', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const link = await flow.linkOf(awardId);
    const [waiting, proved] = [flow.browser(), flow.browser()];
    await proveByMail(proved, link, flow.mails);
    await waiting.open(link);
    await waiting.post('/code');
    const code = codeIn(flow.mails);
    const changed = await changeRecipient(flow.context, {
      awardId,
      recipient: { ...lan, email: 'lan.new@example.edu' },
      reason: 'address_lost',
      who: 'staff-7',
      mayChangeRecipients: true,
    });
    if (changed.outcome !== 'changed') throw new Error(changed.outcome);
    expect((await waiting.post('/proof', { code })).problem).toBe('newer_link');
    expect((await proved.post('/add')).problem).toBe('link_expired');
    expect((await flow.browser().open(link)).problem).toBe('newer_link');
    const next = await flow.linkOf(changed.awardId);
    const early = await proveByMail(flow.browser(), next, flow.mails);
    expect(flow.mails.sent.at(-1)?.to.address).toBe('lan.new@example.edu');
    expect([early.html.includes('Paused'), early.forms.length]).toEqual([true, 1]);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    flow.advance({ hours: 24 });
    const browser = flow.browser();
    await proveByMail(browser, next, flow.mails);
    expect((await browser.post('/add')).headers.get('refresh')).toMatch(/^0; url=/);
  });

  it('on day five it works, with nobody to help', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    const first = flow.browser();
    await proveByMail(first, link, flow.mails);
    const before = (await first.post('/add')).headers.get('refresh');
    flow.advance({ hours: 5 * 24 });
    const later = flow.browser();
    await proveByMail(later, link, flow.mails);
    const after = (await later.post('/add')).headers.get('refresh') ?? '';
    expect(after).not.toBe(before);
    const redirect = after.replace('0; url=', '');
    expect(flow.sandbox.control.learner.consent({ link: redirect, email: 'lan@example.edu' })).toBe('done');
  });

  it('in a run that is repeated, the first mail goes on working', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    await flow.issue({}, { ...sampleRun, runId: 'run-2' });
    expect((await flow.browser().open(link)).status).toBe(200);
  });
});
