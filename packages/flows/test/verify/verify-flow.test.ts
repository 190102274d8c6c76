import { ConfigurationError } from '@seek-pass-kit/core';
import { describe, expect, it } from 'vitest';
import { generateKeyRing, keyRingFromText } from '../../src/keys/key-ring.ts';
import { createVerifyFlow } from '../../src/verify/verify-flow.ts';
import type { FlowNotice } from '../../src/flow-notice.ts';
import { cookieHeader } from '../pages/read-page.ts';
import { anh, openVerify, somchai, verificationInput } from './verify-fixture.ts';

describe('a verification from end to end over the sandbox', () => {
  it('is matched when the expected person comes back in the browser that started', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    expect(await flow.flow.status(verificationId)).toMatchObject({ state: 'open', evidence: 'observed' });
    const page = await browser.open(flow.share(redirectUri));
    expect(page.title).toBe('Thank you');
    expect(page.html).toContain('has confirmed who you are');
    expect(page.url.href).not.toContain('callback');
    const status = await flow.flow.status(verificationId);
    expect(status).toMatchObject({ state: 'matched', decision: { reason: 'same_person' } });
    await flow.runDue();
    expect(flow.told).toEqual([{ type: 'decided', issuer: 'default', verificationId, at: flow.clock.now() }]);
    expect(await flow.flow.result(verificationId)).toEqual({
      outcome: 'identity',
      verdict: 'matched',
      identity: { fullName: anh.fullName, dateOfBirth: anh.dateOfBirth },
    });
    expect(await flow.flow.byReference('application 17')).toEqual([status]);
  });

  it('is mismatched when somebody else completes it in the browser that started', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    const page = await browser.open(flow.share(redirectUri, somchai.email));
    expect(page.title).toBe('The details do not fit');
    expect(page.html).not.toContain('สมชาย');
    expect(await flow.flow.status(verificationId)).toMatchObject({
      state: 'mismatched',
      decision: { reason: 'other_birth_date' },
    });
  });

  it('names whoever it was when anyone is expected', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser, { expected: 'anyone' });
    await browser.open(flow.share(redirectUri, somchai.email));
    expect(await flow.flow.result(verificationId)).toMatchObject({
      verdict: 'anyone',
      identity: { fullName: somchai.fullName },
    });
  });

  it('leads to the place of the host that was checked when it began', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { redirectUri } = await flow.begin(browser, { returnTo: '/applications/17?step=2' });
    const page = await browser.open(flow.share(redirectUri));
    expect(page.status).toBe(303);
    expect(page.headers.get('location')).toBe('/applications/17?step=2');
  });

  it('leads to an address of the host with the id of the verification and nothing else, where the settings allow that site', async () => {
    const flow = await openVerify({ returnOrigins: ['https://app.example.edu'] });
    const browser = flow.browser();
    const returnTo = 'https://app.example.edu/verified/:verificationId';
    const { redirectUri, verificationId } = await flow.begin(browser, { returnTo });
    const page = await browser.open(flow.share(redirectUri));
    expect(page.headers.get('location')).toBe(`https://app.example.edu/verified/${verificationId}`);
    const stricter = createVerifyFlow({ ...flow.options, returnOrigins: [] });
    await stricter.start();
    const answer = await stricter.pages()(
      new Request(page.url, { headers: { cookie: cookieHeader(browser.cookies) } }),
    );
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null]);
  });

  it('is canceled when the person says no', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    const { callbackUrl } = flow.sandbox.control.learner.refuse({ link: redirectUri, email: anh.email });
    const page = await browser.open(callbackUrl ?? '');
    expect(page.title).toBe('This was canceled');
    await flow.runDue();
    expect(flow.told).toMatchObject([{ type: 'canceled', verificationId }]);
    expect(await flow.flow.result(verificationId)).toEqual({ outcome: 'not_verified' });
  });

  it('the same browser reads the same again, and every page has the headers of security rule 6', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { redirectUri } = await flow.begin(browser);
    const callback = flow.share(redirectUri);
    const first = await browser.open(callback);
    const again = await browser.open(callback);
    expect(again.html).toBe(first.html);
    expect(again.headers.get('cache-control')).toBe('no-store');
    expect(again.headers.get('referrer-policy')).toBe('same-origin');
    expect(again.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});

describe('when something else fails', () => {
  it.each([
    [503, 'unavailable'],
    [422, 'rejected'],
  ])('SEEK Pass answers %i: the host reads %s, and nobody is redirected', async (status, outcome) => {
    const { flow, sandbox } = await openVerify();
    sandbox.control.faults.set({ path: '/api/partner/v2/verify/*', effect: { kind: 'status', status } });
    const started = await flow.createVerification(verificationInput());
    expect(started).toMatchObject({ outcome });
    expect(started).not.toHaveProperty('redirectUri');
    expect(await flow.counts()).toEqual({ failed: 1 });
  });

  it('a host that fails is told again', async () => {
    let failures = 2;
    const told: string[] = [];
    const flow = await openVerify({
      onDecision: ({ type }) => {
        failures -= 1;
        if (failures >= 0) throw new Error('the host is down');
        told.push(type);
      },
    });
    const browser = flow.browser();
    const { redirectUri } = await flow.begin(browser);
    await browser.open(flow.share(redirectUri));
    for (let tries = 0; tries < 3; tries += 1) {
      await flow.runDue();
      flow.advance({ minutes: 1 });
    }
    expect(told).toEqual(['decided']);
  });

  it('several hosts are told each by itself, and none of what is no longer so', async () => {
    let failures = 1;
    const told: string[] = [];
    const flow = await openVerify({
      onDecision: {
        admissions: ({ type }) => {
          failures -= 1;
          told.push(`admissions ${type}`);
          if (failures >= 0) throw new Error('the host is down');
        },
        desk: ({ type }) => void told.push(`desk ${type}`),
        alarms: { types: ['held'], handle: ({ type }) => void told.push(`alarms ${type}`) },
      },
    });
    const browser = flow.browser();
    const { redirectUri } = await flow.begin(browser);
    await browser.open(flow.share(redirectUri));
    for (let tries = 0; tries < 3; tries += 1) {
      await flow.runDue();
      flow.advance({ minutes: 6 });
    }
    expect(told.sort()).toEqual(['admissions decided', 'admissions decided', 'desk decided']);
  });

  it('that a host could not be told in the end is heard of', async () => {
    const notices: FlowNotice[] = [];
    const flow = await openVerify({
      onDecision: () => {
        throw new TypeError('the host is down');
      },
      onNotice: (notice) => notices.push(notice),
    });
    const browser = flow.browser();
    const { redirectUri } = await flow.begin(browser);
    await browser.open(flow.share(redirectUri));
    for (let tries = 0; tries < 16; tries += 1) {
      await flow.runDue();
      flow.advance({ hours: 5 });
    }
    expect(notices.slice(0, 15)).toEqual(
      Array(15).fill(expect.objectContaining({ event: 'listener_failed', reason: 'TypeError' })),
    );
    expect(notices.slice(15)).toEqual([
      {
        event: 'job_dead',
        jobId: expect.any(String),
        kind: 'verification_event',
        reason: 'gave up after 16 tries: TypeError',
      },
    ]);
  });

  it('a browser that starts fifty keeps no more cookies than every server takes, and the newest works', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    let last = '';
    for (let count = 0; count < 50; count += 1) {
      const { redirectUri } = await flow.begin(browser);
      flow.advance({ seconds: 1 });
      last = (await browser.open(flow.share(redirectUri))).title;
    }
    expect(last).toBe('Thank you');
    expect(browser.cookies.size).toBeLessThanOrEqual(8);
  });
});

describe('what a verification needs', () => {
  it('security rule 14: an expected person, or the explicit word that anyone will do', async () => {
    const { flow, sandbox } = await openVerify();
    const wrong = [
      { expected: undefined },
      { expected: { fullName: 'Lan' } },
      { expected: { fullName: '', dateOfBirth: '2001-11-02' } },
      { expected: { fullName: 'Lan', dateOfBirth: '2.11.2001' } },
      { expected: { fullName: 'Lan', dateOfBirth: '2001-02-30' } },
      { expected: { fullName: 'Lan', dateOfBirth: '2031-02-03' } },
      { expected: 'whoever' },
    ];
    for (const change of wrong) {
      const input = { ...verificationInput(), ...change } as never;
      const started = await flow.createVerification(input);
      expect(started).toMatchObject({ outcome: 'refused' });
      expect(JSON.stringify(started)).not.toContain('Lan');
      expect(await flow.createStartLink(input)).toMatchObject({ outcome: 'refused' });
    }
    expect(sandbox.control.verifications.list()).toEqual([]);
    expect(await flow.counts()).toEqual({});
  });

  it.each([
    'https://app.example.edu',
    'https://app.example.edu.evil.example/x',
    'https://app.example.edu@evil.example/x',
    'https://app.example.edu//evil.example',
    'http://app.example.edu/x',
    ' https://app.example.edu/x',
    'https://evil.example',
    '//evil.example/x',
    String.raw`/\evil.example`,
    String.raw`/x\..\..\evil`,
    'applications',
    '/\t/evil.example',
    '/a\n',
    'javascript:alert(1)',
    '',
  ])('a place to return to that may lead off the site is refused: %j', async (returnTo) => {
    const { flow } = await openVerify({ returnOrigins: ['https://app.example.edu'] });
    expect(await flow.createVerification(verificationInput({ returnTo }))).toMatchObject({
      outcome: 'refused',
      problems: [{ path: 'returnTo' }],
    });
  });

  it('a client that was not granted the scopes of verifying stops it, not the first person', async () => {
    const { options } = await openVerify();
    const { verify, redirectOrigin } = options.seekPass;
    const now = () => options.seekPass.now();
    const withScopes = (scopes: string[]) => ({
      ...options,
      seekPass: { verify, redirectOrigin, now, scopes },
    });
    expect(() => createVerifyFlow(withScopes(['write.microcredential', 'write.digital_identity']))).toThrow(
      /^scopes lack read\.digital_identity, which/,
    );
    expect(() =>
      createVerifyFlow(withScopes(['read.digital_identity', 'write.digital_identity'])),
    ).not.toThrow();
  });

  it.each([
    [{ issuer: 'a b' }, /^issuer must/],
    [{ callbackBaseUrl: 'http://portal.example.edu/verify' }, /^callbackBaseUrl must start with https/],
    [{ callbackBaseUrl: 'https://portal.example.edu/verify/' }, /^callbackBaseUrl must end without/],
    [{ returnOrigins: ['https://app.example.edu/'] }, /^returnOrigins/],
    [{ returnOrigins: ['http://app.example.edu'] }, /^returnOrigins/],
    [{ returnOrigins: 'https://app.example.edu' as never }, /^returnOrigins/],
    [{ giveUpAfterMs: 0 }, /^giveUpAfterMs/],
    [{ retention: { resultForDays: 0.5 } }, /^retention\.resultForDays/],
    [{ startLinkDays: -1 }, /^startLinkDays/],
    [{ partnerName: ' ' }, /^partnerName/],
    [{ partnerLogoUrl: 'http://portal.example.edu/logo.png' }, /^partnerLogoUrl/],
    [{ defaultLocale: 'tlh' }, /^defaultLocale/],
    [{ brand: { name: '' } }, /^brand\.name/],
  ])('settings that are not right stop it: %j', async (change, sentence) => {
    const { options } = await openVerify();
    expect(() => createVerifyFlow({ ...options, ...change })).toThrow(sentence);
  });

  it('another key file than the one the verifications were made with stops the start', async () => {
    const { options } = await openVerify();
    const keys = keyRingFromText(generateKeyRing());
    const other = createVerifyFlow({ ...options, keys });
    await expect(other.start()).rejects.toThrow(ConfigurationError);
    await expect(other.status('x')).rejects.toThrow('was not started');
    await expect(createVerifyFlow(options).start()).resolves.toBeUndefined();
    await expect(createVerifyFlow({ ...options, keys, issuer: 'other' }).start()).resolves.toBeUndefined();
  });
});
