import { describe, expect, it } from 'vitest';
import type { ClaimHandlerOptions, HostPerson } from '../../src/claims/claim-handler-options.ts';
import { createClaimHandler } from '../../src/claims/claim-handler.ts';
import type { Recipient } from '../../src/awards/recipient.ts';
import { lan, openAddFlow } from '../add-flow-fixture.ts';
import { codeIn, proveByMail } from './claim-browser.ts';
import { openClaim } from './open-claim.ts';

const degree = {
  credential_type: 'education',
  fields: {
    full_name: 'Nguyễn Thị Lan',
    education_provider: 'Example University',
    course_name: 'Bachelor of Commerce',
    conferral_year: '2025',
  },
} as const;

/** Opens a claim whose host knows the person in `signedIn` now. */
async function openHosted(options: ClaimHandlerOptions = {}) {
  const signedIn: { person: HostPerson | undefined } = { person: undefined };
  const flow = await openClaim({ proof: { host: async () => signedIn.person }, ...options });
  return { ...flow, signedIn };
}

describe('security rule 8: proof by the sign-in of the host', () => {
  it('lets in who has the subject of the recipient, without a code', async () => {
    const flow = await openHosted();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue()));
    flow.signedIn.person = { subject: 'sis:104233' };
    expect((await browser.post('/proof')).url.pathname).toBe('/claim/awards');
    expect(flow.mails.sent).toEqual([]);
    expect((await browser.post('/add')).headers.get('refresh')).toContain('/partner/add/');
  });

  it.each<[string, HostPerson | undefined]>([
    ['nobody', undefined],
    ['somebody else', { subject: 'sis:104234' }],
    ['somebody whose subject is the e-mail address', { subject: lan.email }],
    ['staff in their name', { subject: 'sis:104233', impersonatedBy: 'staff-7' }],
  ])('refuses %s', async (_who, person) => {
    const flow = await openHosted();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue()));
    flow.signedIn.person = person;
    expect(await browser.post('/proof')).toMatchObject({ status: 403, problem: 'wrong_person' });
    expect((await browser.open('/claim/awards')).problem).toBe('link_expired');
  });

  it('refuses a recipient without a subject, whoever signs in', async () => {
    const flow = await openHosted();
    const recipient: Recipient = { fullName: lan.fullName, email: lan.email };
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue({ recipient })));
    flow.signedIn.person = { subject: 'sis:104233' };
    expect((await browser.post('/proof')).problem).toBe('wrong_person');
  });

  it('holds only as long as the same person is signed in', async () => {
    const flow = await openHosted();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue()));
    flow.signedIn.person = { subject: 'sis:104233' };
    await browser.post('/proof');
    flow.signedIn.person = { subject: 'sis:104234' };
    expect(await browser.post('/add')).toMatchObject({ status: 403, problem: 'wrong_person' });
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it.each<[string, HostPerson | undefined]>([
    ['somebody else is signed in', { subject: 'sis:104234' }],
    ['they have signed out', undefined],
    ['staff act in their name', { subject: 'sis:104233', impersonatedBy: 'staff-7' }],
  ])('shows the awards of a person no more when %s', async (_when, person) => {
    const flow = await openHosted();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue()));
    flow.signedIn.person = { subject: 'sis:104233' };
    expect((await browser.post('/proof')).html).toContain(lan.fullName);
    flow.signedIn.person = person;
    const page = await browser.open('/claim/awards');
    expect(page).toMatchObject({ status: 403, problem: 'wrong_person' });
    expect(page.html).not.toContain(lan.fullName);
  });

  it('sends whoever is not signed in to the sign-in of the host, and back without the token', async () => {
    const flow = await openHosted({
      proof: {
        host: async () => undefined,
        signInUrl: (back) => `https://portal.example.edu/sign-in?back=${encodeURIComponent(back)}`,
      },
    });
    const awardId = await flow.issue();
    const link = await flow.linkOf(awardId);
    const browser = flow.browser();
    const page = await browser.open(link);
    const back = encodeURIComponent(`https://credentials.example.edu/claim/${awardId}`);
    expect(page.headers.get('location')).toBe(`https://portal.example.edu/sign-in?back=${back}`);
  });

  it('mails no code and speaks of none', async () => {
    const flow = await openHosted();
    const browser = flow.browser();
    const start = await browser.open(await flow.linkOf(await flow.issue()));
    expect(start.html).not.toMatch(/E-mail me a code|We e-mail you|e-mail address that/);
    await browser.postTo(start.url.pathname + '/code', start.forms[0]?.fields ?? {});
    expect(flow.mails.sent).toEqual([]);
  });
});

describe('security rule 8: known facts', () => {
  const withFacts: Recipient = { ...lan, knownFacts: { student_number: 'S-104 233' } };

  it('are asked for after the code when the mailbox was never verified', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue({ recipient: withFacts });
    const browser = flow.browser();
    const facts = await proveByMail(browser, await flow.linkOf(awardId), flow.mails);
    expect([facts.url.pathname, facts.forms[0]?.inputs]).toEqual([
      `/claim/${awardId}/facts`,
      ['fact.student_number'],
    ]);
    expect((await browser.open('/claim/awards')).url.pathname).toBe(`/claim/${awardId}/facts`);
    expect(browser.page?.html).not.toContain('104');
    const wrong = await browser.post('/facts', { 'fact.student_number': 's104234' });
    expect(wrong.status).toBe(422);
    const before = browser.cookies.get('__Host-claim-session-default');
    const right = await browser.post('/facts', { 'fact.student_number': 's104233' });
    expect(right.url.pathname).toBe('/claim/awards');
    expect(browser.cookies.get('__Host-claim-session-default')).not.toBe(before);
  });

  it('do not let in before they are answered', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue({ recipient: withFacts });
    const browser = flow.browser();
    const facts = await proveByMail(browser, await flow.linkOf(awardId), flow.mails);
    const early = await browser.postTo(`/claim/${awardId}/add`, facts.forms[0]?.fields ?? {});
    expect(early).toMatchObject({ status: 403, problem: 'link_expired' });
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it('are not asked for when the mailbox was verified', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue({ recipient: { ...withFacts, emailVerified: true } });
    const page = await proveByMail(flow.browser(), await flow.linkOf(awardId), flow.mails);
    expect(page.url.pathname).toBe('/claim/awards');
  });

  it('named in the settings are asked for always, and nobody without them on record gets in', async () => {
    const flow = await openClaim({ knownFacts: ['student_number'] });
    const one = await flow.issue({ recipient: { ...withFacts, emailVerified: true } });
    const two = await flow.issue({ key: 'b', recipient: { ...lan, emailVerified: true, subject: 'b' } });
    for (const awardId of [one, two]) {
      const page = await proveByMail(flow.browser(), await flow.linkOf(awardId), flow.mails);
      expect(page.url.pathname).toBe(`/claim/${awardId}/facts`);
    }
    const browser = flow.browser();
    await proveByMail(browser, await flow.linkOf(two), flow.mails);
    expect((await browser.post('/facts', { 'fact.student_number': '' })).status).toBe(422);
    expect((await browser.post('/facts', { 'fact.student_number': 'x' })).status).toBe(422);
  });

  it('besides the sign-in of the host', async () => {
    const host = async () => ({ subject: 'sis:104233' });
    const flow = await openClaim({ proof: { host }, knownFacts: ['student_number'] });
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue({ recipient: withFacts })));
    expect((await browser.post('/proof')).url.pathname).toMatch(/facts$/);
    const awards = await browser.post('/facts', { 'fact.student_number': 'S-104 233' });
    expect(awards.url.pathname).toBe('/claim/awards');
  });

  it('take five tries in a session, also at once, and then the session is over', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue({ recipient: withFacts });
    const browser = flow.browser();
    const page = await proveByMail(browser, await flow.linkOf(awardId), flow.mails);
    const { fields = {} } = page.forms[0] ?? {};
    const url = new URL(`/claim/${awardId}/facts`, page.url);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: url.origin };
    const guess = (answer: string) =>
      flow.handler(
        new Request(url, {
          method: 'POST',
          headers: {
            ...headers,
            cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          },
          body: new URLSearchParams({ ...fields, 'fact.student_number': answer }).toString(),
        }),
      );
    await Promise.all(Array.from({ length: 20 }, (_, at) => guess(String(at))));
    const right = await guess('S104233');
    expect(right.status).not.toBe(303);
    expect((await browser.open('/claim/awards')).problem).toBe('link_expired');
  });
});

describe('security rule 8: the link alone', () => {
  it('opens everything in a sandbox, without a code', async () => {
    const flow = await openClaim({ proof: { linkAlone: 'sandbox' } });
    const browser = flow.browser();
    await browser.open(await flow.linkOf(await flow.issue({ credential: degree })));
    expect((await browser.post('/proof')).html).toContain('Bachelor of Commerce');
    expect(flow.mails.sent).toEqual([]);
  });

  it('opens a microcredential and nothing else of its recipient', async () => {
    const proof = { linkAlone: 'microcredentials_whoever_has_the_link_can_claim' } as const;
    const flow = await openClaim({ proof });
    const micro = await flow.issue();
    const other = await flow.issue({ key: 'other' });
    const bachelor = await flow.issue({ key: 'degree', credential: degree });
    const browser = flow.browser();
    await browser.open(await flow.linkOf(micro));
    const awards = await browser.post('/proof');
    expect(awards.html).not.toContain('Bachelor');
    const fields = awards.forms[0]?.fields ?? {};
    for (const awardId of [bachelor, other]) {
      expect((await browser.postTo(`/claim/${awardId}/add`, fields)).problem).toBe('unknown_link');
    }
    const start = await browser.open(await flow.linkOf(bachelor));
    expect(start.forms[0]?.action).toBe(`/claim/${bachelor}/code`);
    const refused = await browser.postTo(`/claim/${bachelor}/proof`, start.forms[0]?.fields ?? {});
    expect(refused.status).toBe(422);
    expect((await proveByMail(browser, await flow.linkOf(bachelor), flow.mails)).html).toContain('Bachelor');
  });

  it('gives nothing any more when the settings ask for more', async () => {
    const flow = await openClaim({ proof: { linkAlone: 'sandbox' } });
    const awardId = await flow.issue();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(awardId));
    const awards = await browser.post('/proof');
    const strict = createClaimHandler(flow.context);
    const response = await strict(
      new Request(new URL(`/claim/${awardId}/add`, awards.url), {
        method: 'POST',
        headers: {
          origin: awards.url.origin,
          'content-type': 'application/x-www-form-urlencoded',
          cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        },
        body: new URLSearchParams(awards.forms[0]?.fields).toString(),
      }),
    );
    expect(response.status).toBe(404);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });
});

describe('minors', () => {
  const minor: Recipient = { ...lan, minor: true };

  it('cannot claim without the proof of a guardian', async () => {
    const flow = await openClaim();
    const browser = flow.browser();
    await proveByMail(browser, await flow.linkOf(await flow.issue({ recipient: minor })), flow.mails);
    expect(await browser.post('/add')).toMatchObject({ status: 403, problem: 'guardian_needed' });
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  });

  it.each([false, undefined, 'no', {}])('cannot claim when the guardian says %j', async (word) => {
    const flow = await openClaim({ guardian: async () => word as never });
    const browser = flow.browser();
    await proveByMail(browser, await flow.linkOf(await flow.issue({ recipient: minor })), flow.mails);
    expect((await browser.post('/add')).problem).toBe('guardian_needed');
  });

  it('claim when the guardian agreed, asked about this award', async () => {
    const asked: unknown[] = [];
    let agreed = false;
    const guardian = async (_request: Request, award: unknown) => {
      asked.push(award);
      return agreed;
    };
    const flow = await openClaim({ guardian });
    const awardId = await flow.issue({ recipient: minor });
    const browser = flow.browser();
    const awards = await proveByMail(browser, await flow.linkOf(awardId), flow.mails);
    expect((await browser.post('/add')).problem).toBe('guardian_needed');
    agreed = true;
    await browser.open(awards.url.href);
    expect((await browser.post('/add')).status).toBe(200);
    expect(asked[0]).toEqual({ awardId, key: '2026/WELD/104233', subject: 'sis:104233' });
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
  });
});

describe('the settings', () => {
  it.each<[string, ClaimHandlerOptions, Partial<{ environment: 'production' }>]>([
    ['linkAlone', { proof: { linkAlone: 'sandbox' } }, { environment: 'production' }],
    ['proof', { proof: { linkAlone: 'yes' } as never }, {}],
    ['proof', { proof: 'known-fact' as never }, {}],
    ['proof', { proof: { host: async () => undefined, linkAlone: 'sandbox' } as never }, {}],
    ['knownFacts', { knownFacts: 'student_number' as never }, {}],
    ['knownFacts', { proof: { linkAlone: 'sandbox' }, knownFacts: ['student_number'] }, {}],
    ['trustedProxies', { trustedProxies: ['proxy.example.edu'] }, {}],
    ['trustedProxies', { trustedProxies: ['10.0.0.0/33'] }, {}],
    ['trustedProxies', { trustedProxies: ['0.0.0.0/0'] }, {}],
  ])('stop at a wrong %s and name it', async (name, options, change) => {
    const { context } = await openAddFlow(change);
    expect(() => createClaimHandler(context, options)).toThrow(
      expect.objectContaining({ code: 'invalid_configuration', message: expect.stringContaining(name) }),
    );
  });

  it('are those of the code by mail when there are none', async () => {
    const flow = await openClaim();
    await proveByMail(flow.browser(), await flow.linkOf(await flow.issue()), flow.mails);
    expect(codeIn(flow.mails)).toMatch(/\d/);
  });
});
