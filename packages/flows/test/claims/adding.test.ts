import type { AddResult } from '@seek-pass-kit/core';
import { describe, expect, it } from 'vitest';
import { withdraw } from '../../src/awards/withdraw.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import { lan, microcredential, openAddFlow } from '../add-flow-fixture.ts';
import { proveByMail } from './claim-browser.ts';
import { type ClaimFixture, openClaim } from './open-claim.ts';

const addPath = '/api/partner/v1/add/*';

/** A device on which the recipient of an award was proved. */
async function provedDevice(flow: ClaimFixture, awardId: string) {
  const browser = flow.browser();
  await proveByMail(browser, await flow.linkOf(awardId), flow.mails);
  return browser;
}

function addForms(flow: { readonly forms: readonly { readonly action: string }[] } | undefined) {
  return (flow?.forms ?? []).map(({ action }) => action).filter((action) => action.includes('/add'));
}

describe('security rule 9: after the proof', () => {
  it('one page shows the name, read-only, the credential, and who keeps it', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const { page } = await provedDevice(flow, awardId);
    expect(page?.html).toContain('Nguyễn Thị Lan');
    expect(page?.html).toContain('Underwater Welding, Level 2');
    expect(page?.html).toContain('The SEEK Pass account that signs in here keeps the credential.');
    expect(page?.html).toContain('On a shared computer, use your phone.');
    expect(page?.forms.flatMap(({ inputs }) => inputs)).toEqual([]);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('one proof lists everything of the recipient that can be claimed, and nothing of anybody else', async () => {
    const flow = await openClaim();
    const opened = await flow.issue();
    const named = (name: string) => ({
      key: name,
      credential: microcredential({ microcredential_name: name }),
    });
    const welding = await flow.issue(named('Pipe Inspection, Level 1'));
    const rejected = await flow.issue(named('Crane Signals, Level 4'));
    await flow.issue({
      ...named('Night Diving, Level 3'),
      recipient: { fullName: 'Siti', email: 'siti@example.edu' },
    });
    flow.sandbox.control.faults.set({ path: addPath, effect: { kind: 'status', status: 422 }, count: 1 });
    await submitClaim(flow.context, { awardId: rejected, generation: 1, again: false });
    const { page } = await provedDevice(flow, opened);
    expect(addForms(page)).toEqual([`/claim/${opened}/add`, `/claim/${welding}/add`]);
    expect(page?.html).toContain('Crane Signals, Level 4');
    expect(page?.html).not.toContain('Night Diving');
  });

  it('another link of the same recipient goes to the awards at once, one of somebody else does not', async () => {
    const flow = await openClaim();
    const browser = await provedDevice(flow, await flow.issue());
    const mine = await browser.open(await flow.linkOf(await flow.issue({ key: 'b' })));
    expect(mine.url.pathname).toBe('/claim/awards');
    const recipient = { fullName: 'Siti', email: 'siti@example.edu' };
    const hers = await flow.issue({ key: 'c', recipient });
    expect((await browser.open(await flow.linkOf(hers))).url.pathname).toBe(`/claim/${hers}`);
  });

  it('an award of somebody else cannot be added', async () => {
    const flow = await openClaim();
    const browser = await provedDevice(flow, await flow.issue());
    const recipient = { fullName: 'Siti', email: 'siti@example.edu' };
    const hers = await flow.issue({ key: 'c', recipient });
    const { fields = {} } = browser.page?.forms[0] ?? {};
    expect(await browser.postTo(`/claim/${hers}/add`, fields)).toMatchObject({ problem: 'unknown_link' });
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('two tabs and two devices at once make one submission', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const phone = await provedDevice(flow, awardId);
    const laptop = await provedDevice(flow, awardId);
    const answers = await Promise.all([
      phone.post('/add'),
      phone.post('/add'),
      laptop.post('/add'),
      laptop.post('/add'),
    ]);
    expect(new Set(answers.map(({ headers }) => headers.get('refresh'))).size).toBe(1);
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
  });

  it('on a kiosk where somebody else is signed in at SEEK Pass nothing is submitted before the POST, and one submission after it', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const kiosk = await provedDevice(flow, awardId);
    const phone = await provedDevice(flow, awardId);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    await kiosk.post('/add');
    const [submission] = flow.sandbox.control.submissions.list();
    const link = submission?.redirectUri ?? '';
    // The first account that signs in through the link keeps it: our page warned, and SEEK Pass turns the recipient away.
    flow.sandbox.control.learner.open({ link, email: 'stranger@example.edu' });
    await phone.post('/add');
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
    expect(flow.sandbox.control.learner.consent({ link, email: 'lan@example.edu' })).not.toBe('done');
  });

  it('signing out ends the proof on a shared computer', async () => {
    const flow = await openClaim();
    const browser = await provedDevice(flow, await flow.issue());
    const { cookies } = browser;
    const kept = new Map(cookies);
    const out = await browser.post('/sign-out');
    expect(out).toMatchObject({ url: expect.objectContaining({ pathname: '/claim/awards' }) });
    expect(cookies.size).toBe(0);
    browser.plantCookies(kept);
    expect((await browser.open('/claim/awards')).problem).toBe('link_expired');
  });

  it('the proof counts for half an hour', async () => {
    const flow = await openClaim();
    const browser = await provedDevice(flow, await flow.issue());
    flow.advance({ minutes: 30 });
    expect(await browser.post('/add')).toMatchObject({ status: 403, problem: 'link_expired' });
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });
});

describe('going on to SEEK Pass', () => {
  it('is a page that moves on by itself, says what is left to do there, and has the link', async () => {
    const flow = await openClaim();
    const browser = await provedDevice(flow, await flow.issue());
    const leaving = await browser.post('/add');
    const [submission] = flow.sandbox.control.submissions.list();
    const uri = submission?.redirectUri ?? '';
    expect(leaving.headers.get('refresh')).toBe(`0; url=${uri}`);
    expect(leaving.html).toContain(uri.replaceAll('&', '&amp;'));
    expect(leaving.html).toContain('SEEK Pass app');
  });

  it('a reload of it shows the awards again and submits nothing', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const browser = await provedDevice(flow, awardId);
    await browser.post('/add');
    const again = await browser.open(`/claim/${awardId}/add`);
    expect(again.url.pathname).toBe('/claim/awards');
    expect(again.html).toContain('Started, not finished');
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
  });

  it.each([
    'https://seek-pass.example@evil.example/partner/add/microcredential#clientId=CLIENT&content=x',
    'ORIGIN.evil.example/partner/add/microcredential#clientId=CLIENT&content=x',
    'ORIGIN//evil.example/partner/add/microcredential#clientId=CLIENT&content=x',
    'ORIGIN/partner/add/microcredential#clientId=sandbox-foreign&content=x',
    'ORIGIN/partner/add/microcredential#clientId=CLIENT&content=x\r\nSet-Cookie: a=b',
    'ORIGIN/partner/verify/identity#clientId=CLIENT&content=x',
    'javascript:alert(1)',
  ])('security rule 1: a hostile address reaches neither a header nor a page: %s', async (template) => {
    const { context } = await openAddFlow();
    const uri = template.replace('ORIGIN', context.redirectOrigin).replace('CLIENT', context.clientId);
    const add = async (): Promise<AddResult> => ({ id: 'x', redirectUri: uri, response: {} });
    const { seekPass } = context;
    const flow = await openClaim(
      {},
      { seekPass: { add, statuses: async () => [], now: () => seekPass.now() } },
    );
    const hostile = uri.replace(context.clientId, flow.context.clientId);
    const browser = await provedDevice(flow, await flow.issue());
    const page = await browser.post('/add');
    expect(page).toMatchObject({ status: 500, problem: 'ours' });
    const everything = JSON.stringify([...page.headers]) + page.html;
    expect(everything).not.toContain('evil.example');
    expect(everything).not.toContain(hostile);
    expect(page.headers.get('refresh')).toBeNull();
    expect(flow.faults).toEqual([expect.objectContaining({ code: 'hostile_redirect' })]);
  });
});

describe('what was claimed before', () => {
  it('is asked about once more, and then added again', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const browser = await provedDevice(flow, awardId);
    await browser.post('/add');
    const [first] = flow.sandbox.control.submissions.list();
    flow.sandbox.control.learner.consent({ link: first?.redirectUri ?? '', email: lan.email });
    flow.advance({ minutes: 6 });
    await pollSubmissions(flow.context, { budgetMs: 60_000 });
    const awards = await browser.open('/claim/awards');
    expect(awards.html).toContain('Added to SEEK Pass');
    const asked = await browser.post('/add');
    expect([asked.status, addForms(asked)]).toEqual([200, [`/claim/${awardId}/add?again=yes`]]);
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
    const leaving = await browser.post('/add');
    expect(leaving.headers.get('refresh')).toMatch(/^0; url=/);
    expect(flow.sandbox.control.submissions.list()).toHaveLength(2);
  });
});

describe('what SEEK Pass says only when it is asked', () => {
  it('is what the page tells: an addition that nobody had noticed', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    await (await provedDevice(flow, awardId)).post('/add');
    const [submission] = flow.sandbox.control.submissions.list();
    flow.sandbox.control.learner.consent({ link: submission?.redirectUri ?? '', email: lan.email });
    flow.advance({ hours: 47, minutes: 50 });
    const later = await provedDevice(flow, awardId);
    expect(later.page?.html).toContain('Started, not finished');
    expect((await later.post('/add')).html).toContain('this credential was added');
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
  });
});

describe('when it cannot be added', () => {
  it('because SEEK Pass is down: the place is kept, and trying again works', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const browser = await provedDevice(flow, awardId);
    flow.sandbox.control.faults.set({ path: addPath, effect: { kind: 'status', status: 503 } });
    const down = await browser.post('/add');
    expect(down).toMatchObject({ status: 503, problem: 'unavailable' });
    expect(Number(down.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await flow.store.read.submissions('default', awardId)).toHaveLength(1);
    flow.sandbox.control.faults.clear();
    const up = await browser.post('/add');
    expect(up.headers.get('refresh')).toMatch(/^0; url=/);
    expect(await flow.store.read.submissions('default', awardId)).toHaveLength(1);
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
  });

  it('because SEEK Pass hesitates: the learner notices nothing', async () => {
    const flow = await openClaim();
    const browser = await provedDevice(flow, await flow.issue());
    flow.sandbox.control.faults.set({ path: addPath, effect: { kind: 'status', status: 503 }, count: 3 });
    expect((await browser.post('/add')).headers.get('refresh')).toMatch(/^0; url=/);
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
  });

  it('because SEEK Pass refused it', async () => {
    const flow = await openClaim();
    const browser = await provedDevice(flow, await flow.issue());
    flow.sandbox.control.faults.set({ path: addPath, effect: { kind: 'status', status: 422 } });
    expect(await browser.post('/add')).toMatchObject({ status: 409, problem: 'rejected' });
    expect((await browser.open('/claim/awards')).html).toContain('Needs a correction');
    expect(addForms(browser.page)).toEqual([]);
  });

  it('because the institution stopped issuing: the page says so, and so does the list', async () => {
    const flow = await openClaim();
    const browser = await provedDevice(flow, await flow.issue());
    const stop = { issuer: 'default', credentialType: 'microcredential', stopped: true };
    await flow.store.transaction((tx) =>
      tx.setStopped({ ...stop, who: 'staff-7', why: null, at: flow.clock.now() } as never),
    );
    expect(await browser.post('/add')).toMatchObject({ status: 409, problem: 'paused' });
    expect(addForms(await browser.open('/claim/awards'))).toEqual([]);
    expect(browser.page?.html).toContain('Paused');
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('because it was withdrawn after the page was shown', async () => {
    const flow = await openClaim();
    const opened = await flow.issue();
    const awardId = await flow.issue({ key: 'b' });
    const browser = await provedDevice(flow, opened);
    await withdraw(flow.context, { awardId, reason: 'revoked', who: 'staff-7' });
    expect(await browser.post(`${awardId}/add`)).toMatchObject({ status: 410, problem: 'withdrawn' });
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('because the opened award was withdrawn: the session goes on and tells the truth', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const browser = await provedDevice(flow, awardId);
    await withdraw(flow.context, { awardId, reason: 'revoked', who: 'staff-7' });
    expect(await browser.post('/add')).toMatchObject({ status: 410, problem: 'withdrawn' });
    expect((await browser.open('/claim/awards')).html).toContain('Withdrawn by');
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('because a newer version took its place: the page shows that one', async () => {
    const flow = await openClaim();
    const browser = await provedDevice(flow, await flow.issue());
    const credential = microcredential({ microcredential_name: 'Underwater Welding, Level 3' });
    const next = await flow.issue({ credential });
    const page = await browser.post('/add');
    expect([page.url.pathname, addForms(page)]).toEqual(['/claim/awards', [`/claim/${next}/add`]]);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('because of a fault of ours: the page says so, the host is told, and nothing personal is in it', async () => {
    const flow = await openClaim(
      {},
      {
        seekPass: {
          add: async () => {
            throw new TypeError('a bug');
          },
          statuses: async () => [],
          now: () => Date.UTC(2026, 2, 2, 9),
        },
      },
    );
    const browser = await provedDevice(flow, await flow.issue());
    const page = await browser.post('/add');
    expect(page).toMatchObject({ status: 500, problem: 'ours' });
    expect(page.html).not.toMatch(/a bug|Nguy/);
    expect(flow.faults).toEqual([expect.objectContaining({ message: 'a bug' })]);
  });
});
