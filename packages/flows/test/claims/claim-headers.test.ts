import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClaimHandler } from '../../src/claims/claim-handler.ts';
import { recipientId } from '../../src/awards/recipient-identity.ts';
import { optOutUrl } from '../../src/mail/opt-out-link.ts';
import { lan } from '../add-flow-fixture.ts';
import { ClaimBrowser, codeIn, proveByMail } from './claim-browser.ts';
import { type ClaimFixture, openClaim } from './open-claim.ts';

const origin = 'https://credentials.example.edu';
const formType = 'application/x-www-form-urlencoded';

/** A browser at the form for its code, and what posting that form needs. */
async function atCodeForm(flow: ClaimFixture) {
  const awardId = await flow.issue();
  const browser = flow.browser();
  await browser.open(await flow.linkOf(awardId));
  const page = await browser.post('/code');
  const { fields = {} } = page.forms.find(({ action }) => action.endsWith('/proof')) ?? {};
  const post = async (headers: Record<string, string>, body: string) =>
    browser.request(new URL(`/claim/${awardId}/proof`, origin), { method: 'POST', headers, body });
  return { awardId, browser, page, post, typed: { ...fields, code: codeIn(flow.mails) } };
}

describe('security rule 6: the headers', () => {
  it('stand on every answer: pages, redirects, problems, the logo', async () => {
    const logo = { type: 'image/png', bytes: Uint8Array.of(137, 80, 78, 71) } as const;
    const flow = await openClaim({}, { brand: { name: 'Example University', logo } });
    const link = await flow.linkOf(await flow.issue());
    const browser = flow.browser();
    const answers = [await browser.request(new URL(link), { method: 'GET' })];
    const { pathname } = new URL(answers[0]?.headers.get('location') ?? '', origin);
    for (const path of [pathname, '/claim/awards', '/claim/nonsense', '/elsewhere', '/claim/logo']) {
      answers.push(await browser.request(new URL(path, origin), { method: 'GET' }));
      answers.push(await browser.request(new URL(path, origin), { method: 'DELETE' }));
    }
    for (const { headers } of answers) {
      const policy = headers.get('content-security-policy') ?? '';
      const rules = Object.fromEntries(
        policy.split('; ').map((rule) => [rule.split(' ')[0] ?? '', rule.replace(/^\S+ /, '')]),
      );
      expect(rules).toEqual({
        'default-src': "'none'",
        'style-src': expect.stringMatching(/^'sha256-[A-Za-z0-9+/]{43}='$/),
        'img-src': "'self' data:",
        'form-action': `'self' ${flow.context.redirectOrigin}`,
        'frame-ancestors': "'none'",
        'base-uri': "'none'",
      });
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      if (!headers.get('content-type')?.startsWith('image/')) {
        expect(headers.get('cache-control')).toBe('no-store');
      }
    }
  });

  it('a method that there is not gets 405 and reads which there are', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const browser = flow.browser();
    for (const [path, method, allow] of [
      [`/claim/${awardId}`, 'POST', 'GET, HEAD'],
      [`/claim/${awardId}/code`, 'PUT', 'GET, HEAD, POST'],
      ['/claim/awards', 'OPTIONS', 'GET, HEAD'],
      ['/claim/sign-out', 'PATCH', 'GET, HEAD, POST'],
    ]) {
      const answer = await browser.request(new URL(String(path), origin), { method: String(method) });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    }
  });
});

describe('whatever is sent', () => {
  it('the answer has our headers and is no fault of ours', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const browser = flow.browser();
    await proveByMail(browser, await flow.linkOf(awardId), flow.mails);
    await browser.open(await flow.linkOf(await flow.issue({ key: 'b' })));
    const names = [...browser.cookies.keys(), `__Host-claim-pass-${awardId}`, 'claim-language'];
    const step = fc.constantFrom(
      '',
      '/code',
      '/proof',
      '/facts',
      '/add',
      '/../awards',
      '/../sign-out',
      '/../logo',
    );
    const path = fc.oneof(
      step.map((end) => `/claim/${awardId}${end}`),
      fc.webPath().map((end) => `/claim${end}`),
      fc.base64String({ maxLength: 60 }).map((token) => `/claim/${awardId}/${encodeURIComponent(token)}`),
    );
    const cookie = fc.record({
      name: fc.constantFrom(...names),
      value: fc.oneof(
        fc.constantFrom(...browser.cookies.values()),
        fc.stringMatching(/^[A-Za-z0-9_=.%-]{0,120}$/),
      ),
    });
    const typed = fc.dictionary(
      fc.constantFrom('csrf', 'code', 'fact.student_number', '__proto__'),
      fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\d{8}$/)),
    );
    await fc.assert(
      fc.asyncProperty(
        path,
        fc.webQueryParameters(),
        fc.constantFrom('GET', 'HEAD', 'POST', 'PUT'),
        fc.array(cookie, { maxLength: 4 }),
        typed,
        fc.constantFrom(origin, 'null', 'https://evil.example'),
        async (where, query, method, cookies, fields, from) => {
          const answer = await flow.handler(
            new Request(`${origin}${where}?${query}`, {
              method,
              headers: {
                origin: from,
                'content-type': formType,
                cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
              },
              ...(method === 'POST' ? { body: new URLSearchParams(fields).toString() } : {}),
            }),
            { remoteAddress: '203.0.113.7' },
          );
          expect(flow.faults).toEqual([]);
          expect(answer.status).not.toBe(500);
          expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
        },
      ),
      { numRuns: process.env['PROVE'] === 'full' ? 20_000 : 500 },
    );
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  }, 120_000);
});

describe('security rule 6: a POST', () => {
  it('from another origin gets 403, and its code is not even tried', async () => {
    const flow = await openClaim();
    const { post, typed } = await atCodeForm(flow);
    const body = new URLSearchParams(typed).toString();
    for (const foreign of [
      'https://evil.example',
      'http://credentials.example.edu',
      'null',
      `${origin}.evil.example`,
    ]) {
      const answer = await post({ origin: foreign, 'content-type': formType }, body);
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
    }
    expect((await post({ 'content-type': formType }, body)).status).toBe(403);
    expect((await post({ origin, 'content-type': formType }, body)).status).toBe(303);
  });

  it('without the token of its form, or with that of another browser, gets 403', async () => {
    const flow = await openClaim();
    const { post, typed, awardId } = await atCodeForm(flow);
    const other = flow.browser();
    const page = await other.open(await flow.linkOf(awardId));
    const { csrf: foreign = '' } = page.forms[0]?.fields ?? {};
    const { code } = typed;
    const headers = { origin, 'content-type': formType };
    for (const fields of [
      { code },
      { code, csrf: '' },
      { code, csrf: foreign },
      { code, csrf: 'é'.repeat(43) },
    ]) {
      const answer = await post(headers, new URLSearchParams(fields).toString());
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
    }
    expect((await post(headers, new URLSearchParams(typed).toString())).status).toBe(303);
  });

  it('every form needs its token: the code, the proof, adding, signing out', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue();
    const browser = flow.browser();
    await browser.open(await flow.linkOf(awardId));
    for (const step of ['code', 'proof', 'facts', 'add']) {
      expect((await browser.postTo(`/claim/${awardId}/${step}`, { csrf: 'x' })).status).toBe(403);
    }
    await proveByMail(browser, await flow.linkOf(awardId), flow.mails);
    for (const path of [`/claim/${awardId}/add`, '/claim/sign-out', `/claim/${awardId}/facts`]) {
      expect(await browser.postTo(path, { csrf: 'x' })).toMatchObject({
        status: 403,
        problem: 'foreign_form',
      });
    }
    expect(flow.mails.sent).toHaveLength(1);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    expect((await browser.open('/claim/awards')).status).toBe(200);
  });

  it('that is no plain form, or longer than 8 kB, is not read', async () => {
    const flow = await openClaim();
    const { post, typed, awardId, browser } = await atCodeForm(flow);
    const text = new URLSearchParams(typed).toString();
    expect((await post({ origin, 'content-type': 'application/json' }, JSON.stringify(typed))).status).toBe(
      415,
    );
    expect((await post({ origin, 'content-type': 'multipart/form-data; boundary=x' }, text)).status).toBe(
      415,
    );
    const long = `${text}&more=${'x'.repeat(8 * 1_024)}`;
    expect((await post({ origin, 'content-type': formType }, long)).status).toBe(413);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1_024).fill(97));
      },
    });
    const init = {
      method: 'POST',
      headers: { origin, 'content-type': formType },
      body: endless,
      duplex: 'half',
    };
    const answer = await browser.request(new URL(`/claim/${awardId}/proof`, origin), init as RequestInit);
    expect(answer.status).toBe(413);
    expect(pulled).toBeLessThan(12);
    expect((await post({ origin, 'content-type': `${formType}; charset=UTF-8` }, text)).status).toBe(303);
  });
});

describe('a page', () => {
  it('speaks the language that was picked, then that of the person, then that of the browser', async () => {
    const flow = await openClaim();
    const awardId = await flow.issue({ recipient: { ...lan, locale: 'vi' } });
    const link = await flow.linkOf(awardId);
    const languageOf = ({ html }: { html: string }) => /<html lang="([^"]+)"/.exec(html)?.[1];
    const browser = flow.browser({ headers: { 'accept-language': 'th-TH,th;q=0.9,en;q=0.5' } });
    expect(languageOf(await browser.open(link))).toBe('th');
    expect(languageOf(await proveByMail(browser, link, flow.mails))).toBe('vi');
    expect(languageOf(await browser.open('/claim/awards?lang=id'))).toBe('id');
    expect(languageOf(await browser.open('/claim/awards'))).toBe('id');
    expect(languageOf(await browser.open('/claim/awards?lang=xx'))).toBe('id');
    const plain = flow.browser({ headers: { 'accept-language': 'xx' } });
    expect(languageOf(await plain.open(link))).toBe('en');
  });

  it('has links to itself in every language, none of which has a token', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    const browser = flow.browser();
    const start = await browser.open(link);
    const hrefs = [...start.html.matchAll(/href="([^"]*lang=[^"]+)"/g)].map(([, href]) => String(href));
    expect(hrefs).toHaveLength(5);
    for (const href of hrefs) expect((await browser.open(href)).status).toBe(200);
    const wrong = await browser.open(link.slice(0, -1));
    expect(wrong.html).not.toContain('?lang=');
  });

  it('has its logo for good under an address of its own', async () => {
    const logo = { type: 'image/webp', bytes: Uint8Array.of(1, 2, 3) } as const;
    const flow = await openClaim({}, { brand: { name: 'Example University', logo } });
    const page = await flow.browser().open(await flow.linkOf(await flow.issue()));
    const path = /<img src="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const get = async (address: string) => flow.handler(new Request(new URL(address, origin)));
    const picture = await get(path);
    expect(picture.headers.get('content-type')).toBe('image/webp');
    expect(picture.headers.get('cache-control')).toContain('immutable');
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(logo.bytes);
    expect((await get('/claim/logo?v=old')).headers.get('cache-control')).toBe('no-cache');
    const without = await openClaim();
    expect((await without.handler(new Request(`${origin}/claim/logo`))).status).toBe(404);
  });

  it('can be mounted at the root and deeper, and knows nothing outside', async () => {
    for (const claimBaseUrl of [origin, `${origin}/a/b`]) {
      const flow = await openClaim({}, { claimBaseUrl });
      const link = await flow.linkOf(await flow.issue());
      expect((await proveByMail(flow.browser(), link, flow.mails)).url.href).toMatch(
        `${claimBaseUrl}/awards`,
      );
    }
    const flow = await openClaim();
    for (const path of ['/', '/claims', '/claim', '/claim/', '/claim/a/b/c', '/claim//awards']) {
      expect((await flow.handler(new Request(origin + path))).status).toBe(404);
    }
  });

  it('to stop reminders is where the mails say it is', async () => {
    const flow = await openClaim();
    await flow.issue();
    const url = optOutUrl(flow.context, recipientId(flow.context, lan));
    const page = await flow.browser().open(url);
    expect([page.status, page.forms]).toEqual([200, []]);
    expect((await flow.handler(new Request(url, { method: 'POST' }))).status).toBe(200);
    expect((await flow.handler(new Request(url.slice(0, -1)))).status).toBe(404);
  });

  it('of a handler whose store does not answer says that the fault is ours', async () => {
    const flow = await openClaim();
    const link = await flow.linkOf(await flow.issue());
    const down = new Error('connect ECONNREFUSED');
    const read = { ...flow.store.read, award: async () => Promise.reject(down) };
    const faults: unknown[] = [];
    const handler = createClaimHandler(
      { ...flow.context, store: { ...flow.store, read } },
      {
        onError: (error, at) => {
          faults.push(error, at);
          throw new Error('the host cannot log');
        },
      },
    );
    const page = await new ClaimBrowser(handler).open(link);
    expect(page).toMatchObject({ status: 500, problem: 'ours' });
    expect(page.html).not.toContain('ECONNREFUSED');
    expect(faults).toEqual([down, { route: 'link', awardId: expect.any(String) }]);
    expect(JSON.stringify(faults[1])).not.toContain(link.split('/').at(-1));
  });
});
