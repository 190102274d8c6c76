import { describe, expect, it } from 'vitest';
import type { Recipient } from '../../src/awards/recipient.ts';
import { createClaimHandler } from '../../src/claims/claim-handler.ts';
import type { ClaimHandlerOptions, HostPerson } from '../../src/claims/claim-handler-options.ts';
import { rotateLink } from '../../src/awards/claim-link.ts';
import { lan } from '../add-flow-fixture.ts';
import { ClaimBrowser, proveByMail } from './claim-browser.ts';
import { openClaim, readOnly } from './open-claim.ts';

const unknownId = 'A'.repeat(22);
const page = (awardId: string) => `https://credentials.example.edu/claim/${awardId}`;

/** Opens a claim whose host knows the person in `signedIn` now. */
async function openHosted(options: ClaimHandlerOptions = {}, signInUrl?: (returnTo: string) => string) {
  const signedIn: { person: HostPerson | undefined } = { person: { subject: 'sis:104233' } };
  const host = async () => signedIn.person;
  const flow = await openClaim({ proof: { host, ...(signInUrl && { signInUrl }) }, ...options });
  return { ...flow, signedIn };
}

describe('the way in without a link, by the sign-in of the host', () => {
  it('leads the recipient to one page, whose POST submits', async () => {
    const flow = await openHosted();
    const awardId = await flow.issue();
    const browser = flow.browser();
    const awards = await browser.open(page(awardId));
    expect([awards.url.pathname, awards.status]).toEqual(['/claim/awards', 200]);
    expect(awards.html).toContain(lan.fullName);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    expect((await browser.post('/add')).headers.get('refresh')).toContain('/partner/add/');
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
    expect(flow.mails.sent).toEqual([]);
  });

  it('security rule 4: stores nothing before that POST', async () => {
    const flow = await openHosted();
    const awardId = await flow.issue();
    const { signedIn } = flow;
    const looking = createClaimHandler(readOnly(flow.context), {
      proof: { host: async () => signedIn.person },
    });
    for (const method of ['GET', 'HEAD'] as const) {
      const browser = new ClaimBrowser(looking);
      expect(await browser.open(page(awardId), method)).toMatchObject({ status: 200 });
      expect(browser.page?.url.pathname).toBe('/claim/awards');
    }
  });

  it.each<[string, HostPerson]>([
    ['somebody else', { subject: 'sis:104234' }],
    ['somebody whose subject is the e-mail address', { subject: lan.email }],
    ['staff in their name', { subject: 'sis:104233', impersonatedBy: 'staff-7' }],
  ])('security rule 4: tells %s nothing, not even whether there is such an award', async (_who, person) => {
    const flow = await openHosted();
    const awardId = await flow.issue();
    flow.signedIn.person = person;
    const [real, made] = [
      await flow.browser().open(page(awardId)),
      await flow.browser().open(page(unknownId)),
    ];
    expect(real).toMatchObject({ status: 403, problem: 'wrong_person' });
    expect(made).toMatchObject({ status: 403, problem: 'wrong_person' });
    expect(real.html).toBe(made.html);
    expect(real.headers.getSetCookie()).toEqual([]);
  });

  it('tells the same when the recipient has no subject', async () => {
    const flow = await openHosted();
    const recipient: Recipient = { fullName: lan.fullName, email: lan.email };
    const awardId = await flow.issue({ recipient });
    expect((await flow.browser().open(page(awardId))).problem).toBe('wrong_person');
  });

  it('security rule 4: leads whoever is not signed in to the sign-in, for any award and none', async () => {
    const flow = await openHosted(
      {},
      (back) => `https://portal.example.edu/in?back=${encodeURIComponent(back)}`,
    );
    const awardId = await flow.issue();
    flow.signedIn.person = undefined;
    for (const id of [awardId, unknownId]) {
      const answer = await flow.handler(new Request(page(id)));
      expect(answer.status).toBe(303);
      const to = new URL(answer.headers.get('location') ?? '');
      expect([to.origin, to.searchParams.get('back')]).toEqual(['https://portal.example.edu', page(id)]);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  it.each(['page', 'awards'])(
    'leads to the sign-in too when that ended while the %s of a proved browser stood open',
    async (which) => {
      const flow = await openHosted({}, () => 'https://portal.example.edu/in');
      const awardId = await flow.issue();
      const browser = flow.browser();
      await browser.open(page(awardId));
      flow.signedIn.person = undefined;
      const again = await browser.open(page(which === 'page' ? awardId : 'awards'));
      expect([again.status, again.headers.get('location')]).toEqual([303, 'https://portal.example.edu/in']);
      flow.signedIn.person = { subject: 'sis:104234' };
      expect((await browser.open(page(which === 'page' ? awardId : 'awards'))).problem).toBe('wrong_person');
    },
  );

  it('without a sign-in address asks for the link, for any award and none', async () => {
    const flow = await openHosted();
    const awardId = await flow.issue();
    flow.signedIn.person = undefined;
    const [real, made] = [
      await flow.browser().open(page(awardId)),
      await flow.browser().open(page(unknownId)),
    ];
    expect(real).toMatchObject({ status: 403, problem: 'link_expired' });
    expect(real.html).toBe(made.html);
  });

  it('is closed when the proof is another one', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    expect((await flow.browser().open(page(awardId))).problem).toBe('link_expired');
  });

  it('ends with the sign-in: nothing is shown and nothing submitted in the cookie of somebody else', async () => {
    const flow = await openHosted();
    const awardId = await flow.issue({ recipient: { ...lan, locale: 'vi' } });
    const browser = flow.browser();
    await browser.open(page(awardId));
    for (const person of [
      undefined,
      { subject: 'sis:104234' },
      { subject: 'sis:104233', impersonatedBy: 'x' },
    ]) {
      flow.signedIn.person = person;
      expect((await browser.open('/claim/awards')).problem).toBe('wrong_person');
    }
    flow.signedIn.person = { subject: 'sis:104233' };
    await browser.open(page(awardId));
    flow.signedIn.person = { subject: 'sis:104234' };
    const refused = await browser.post('/add');
    expect([refused.problem, refused.headers.get('content-language')]).toEqual(['wrong_person', 'en']);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('ends after 30 minutes, with a newer link, and with signing out', async () => {
    const flow = await openHosted();
    const awardId = await flow.issue();
    const browser = flow.browser();
    await browser.open(page(awardId));
    await browser.post('/sign-out');
    expect(browser.page?.problem).toBe('link_expired');
    await browser.open(page(awardId));
    await rotateLink(flow.context, { awardId, who: 'staff-7' });
    expect((await browser.open('/claim/awards')).problem).toBe('link_expired');
    await browser.open(page(awardId));
    expect(browser.page?.title).not.toBe('');
    expect(browser.page?.problem).toBeUndefined();
    flow.clock.advance(30 * 60_000);
    expect((await browser.open('/claim/awards')).problem).toBe('link_expired');
  });

  it('takes no cookie that was changed, or that another issuer sealed', async () => {
    const flow = await openHosted();
    const awardId = await flow.issue();
    const browser = flow.browser();
    await browser.open(page(awardId));
    const name = '__Host-claim-session-default';
    const value = browser.cookies.get(name) ?? '';
    const bent = `${value.slice(0, -6)}${value.at(-6) === 'A' ? 'B' : 'A'}${value.slice(-5)}`;
    for (const planted of [bent, 'h.', `h.${'A'.repeat(80)}`, `h.${'A'.repeat(900)}`]) {
      browser.plantCookies(new Map([[name, planted]]));
      expect((await browser.open('/claim/awards')).problem).toBe('link_expired');
    }
    const other = createClaimHandler(
      { ...flow.context, issuer: 'other' },
      { proof: { host: async () => flow.signedIn.person } },
    );
    const elsewhere = new ClaimBrowser(other);
    elsewhere.plantCookies(new Map([['__Host-claim-session-other', value]]));
    expect((await elsewhere.open(page(awardId).replace(awardId, 'awards'))).problem).toBe('link_expired');
  });

  it('asks for the facts of the settings first', async () => {
    const flow = await openHosted({ knownFacts: ['student_number'] });
    const awardId = await flow.issue({ recipient: { ...lan, knownFacts: { student_number: 'S1' } } });
    const browser = flow.browser();
    const start = await browser.open(page(awardId));
    expect(start.html).not.toContain(lan.fullName);
    expect((await browser.post('/proof')).url.pathname).toBe(`/claim/${awardId}/facts`);
    expect((await browser.post('/facts', { 'fact.student_number': 's1' })).html).toContain(lan.fullName);
  });

  it('security rule 23: a mailbox that was proved before the settings wanted this sign-in shows and submits nothing', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const browser = flow.browser();
    const shown = await proveByMail(browser, await flow.linkOf(awardId), flow.mails);
    expect(shown.html).toContain(lan.fullName);
    const pages = createClaimHandler(flow.context, { proof: { host: async () => undefined } });
    const later = new ClaimBrowser(pages);
    later.plantCookies(browser.cookies);
    expect((await later.open('https://credentials.example.edu/claim/awards')).html).not.toContain(
      lan.fullName,
    );
    later.page = browser.page;
    expect((await later.post('/add')).problem).toBe('unknown_link');
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    expect((await later.open(page(awardId))).problem).toBe('link_expired');
  });

  it('security rule 23: facts are asked of the person who is signed in, and of nobody who comes after', async () => {
    const flow = await openHosted({ knownFacts: ['student_number'] }, () => 'https://portal.example.edu/in');
    const recipient = { ...lan, locale: 'vi', knownFacts: { student_number: 'S1' } };
    const awardId = await flow.issue({ recipient });
    const browser = flow.browser();
    await browser.open(page(awardId));
    await browser.post('/proof');
    const { page: asked } = browser;
    const answer = () => {
      browser.page = asked;
      return browser.post('/facts', { 'fact.student_number': 's1' });
    };
    for (const person of [{ subject: 'sis:104234' }, { subject: 'sis:104233', impersonatedBy: 'staff-7' }]) {
      flow.signedIn.person = person;
      const shown = await browser.open(`/claim/${awardId}/facts`);
      expect([shown.problem, shown.headers.get('content-language')]).toEqual(['wrong_person', 'en']);
      expect((await answer()).problem).toBe('wrong_person');
    }
    flow.signedIn.person = undefined;
    expect((await browser.open(`/claim/${awardId}/facts`)).headers.get('location')).toContain('/in');
    expect((await answer()).problem).toBe('wrong_person');
    flow.signedIn.person = { subject: 'sis:104233' };
    expect((await browser.open('/claim/awards')).url.pathname).toBe(`/claim/${awardId}/facts`);
    expect((await answer()).html).toContain(lan.fullName);
  });

  it('security rule 23: a host that throws proves nobody, and is named without its words', async () => {
    const flow = await openHosted({
      proof: { host: () => Promise.reject(new TypeError('lan@example.edu is not there')) },
    });
    const awardId = await flow.issue();
    expect(await flow.browser().open(page(awardId))).toMatchObject({ status: 500, problem: 'ours' });
    expect(flow.faults).toMatchObject([
      { name: 'HostFailure', message: 'proof.host failed with TypeError.' },
    ]);
  });

  it('a person without a subject is a fault of the host, and proves nobody', async () => {
    const flow = await openHosted();
    const awardId = await flow.issue();
    for (const person of [{}, { subject: 104_233 }, { subject: '' }, null]) {
      flow.signedIn.person = person as never;
      expect(await flow.browser().open(page(awardId))).toMatchObject({ status: 500, problem: 'ours' });
    }
    expect(flow.faults).toHaveLength(4);
    expect(flow.faults[0]).toMatchObject({ code: 'invalid_configuration' });
  });
});

describe('what is prepared for the host', () => {
  it('comes before the pages that ask it, and gets the connection that they get', async () => {
    const prepared: string[] = [];
    const connections = new Set<unknown>();
    const flow = await openClaim({
      prepare: async (request, connection) => {
        prepared.push(new URL(request.url).pathname);
        connections.add(connection);
      },
      proof: {
        host: async (_request, connection) => {
          expect(connections).toContain(connection);
          return { subject: 'sis:104233' };
        },
      },
    });
    const awardId = await flow.issue();
    const browser = flow.browser();
    await browser.open('https://credentials.example.edu/claim/logo');
    await browser.open(page(awardId));
    await browser.post('/add');
    expect(prepared).toEqual([`/claim/${awardId}`, '/claim/awards', `/claim/${awardId}/add`]);
  });

  it('failing proves nobody and submits nothing', async () => {
    let broken = false;
    const flow = await openHosted({
      prepare: async () => {
        if (broken) throw new Error('the session store is down');
      },
    });
    const awardId = await flow.issue();
    const browser = flow.browser();
    await browser.open(page(awardId));
    broken = true;
    expect(await browser.post('/add')).toMatchObject({ status: 500, problem: 'ours' });
    expect(flow.faults).toHaveLength(1);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });
});
