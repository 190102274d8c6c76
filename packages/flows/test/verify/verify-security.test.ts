import { describe, expect, it } from 'vitest';
import { createVerifyFlow } from '../../src/verify/verify-flow.ts';
import { callbackUrl } from '../../src/verify/request-verification.ts';
import { answeringSeekPass } from './answering-seek-pass.ts';
import { anh, openVerify, somchai, verificationInput } from './verify-fixture.ts';

describe('security rule 14: the result goes only to the browser that started', () => {
  it('security rule 14: the attacker forwards an own link, the victim completes: the attacker sees nothing', async () => {
    const flow = await openVerify();
    const attacker = flow.browser();
    const victim = flow.browser();
    // The attacker claims to be Anh, gets a link of SEEK Pass and mails it to her.
    const { verificationId, redirectUri } = await flow.begin(attacker);
    const callback = flow.share(redirectUri);
    const seen = await victim.open(callback);
    expect(seen.title).toBe('The result does not go to this browser');
    expect(seen.html).not.toContain(anh.fullName);

    const resultUrl = `https://portal.example.edu/verify/result/${verificationId}`;
    for (const page of [await attacker.open(resultUrl), await attacker.open(callback)]) {
      expect(page.title).toBe('The result does not go to this browser');
    }
    for (const minutes of [1, 5, 10]) {
      flow.advance({ minutes });
      await flow.runDue();
    }
    expect(await flow.flow.status(verificationId)).toEqual({
      verificationId,
      state: 'held',
      evidence: 'observed',
      createdAt: expect.any(Number),
      requestedAt: expect.any(Number),
    });
    expect(await flow.flow.result(verificationId)).toEqual({ outcome: 'held' });
    expect(flow.told.map(({ type }) => type)).toEqual(['held']);
  });

  it('security rule 14: nothing is seen either when anyone is expected and the attacker comes first with a stolen callback address', async () => {
    const flow = await openVerify();
    const attacker = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(attacker, { expected: 'anyone' });
    // SEEK Pass may show the address to whoever opens the link there.
    const callback = callbackUrl(flow.flow.context, verificationId);
    expect((await attacker.open(callback)).title).toBe('One moment');
    flow.advance({ minutes: 2 });
    const afterwards = flow.share(redirectUri);
    const page = await attacker.open(callback);
    expect(page.title).toBe('The result does not go to this browser');
    await flow.browser().open(afterwards);
    expect(await flow.flow.result(verificationId)).toEqual({ outcome: 'held' });
  });

  it('security rule 14: an early visit within the lag is worth nothing once the victim comes back', async () => {
    const flow = await openVerify();
    const attacker = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(attacker);
    await attacker.open(callbackUrl(flow.flow.context, verificationId));
    flow.advance({ seconds: 30 });
    await flow.browser().open(flow.share(redirectUri));
    const page = await attacker.open(`https://portal.example.edu/verify/result/${verificationId}`);
    expect(page.title).toBe('The result does not go to this browser');
    expect(await flow.flow.result(verificationId)).toEqual({ outcome: 'held' });
  });

  it('security rule 14: nor when a webhook or a look of the attacker is faster than the victim’s browser', async () => {
    const flow = await openVerify();
    const attacker = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(attacker);
    await attacker.open(callbackUrl(flow.flow.context, verificationId));
    flow.advance({ seconds: 30 });
    const callback = flow.share(redirectUri);
    const resultUrl = `https://portal.example.edu/verify/result/${verificationId}`;
    expect((await attacker.open(resultUrl)).title).toBe('One moment');
    flow.advance({ seconds: 5 });
    await flow.runDue();
    expect((await flow.flow.status(verificationId))?.state).toBe('open');
    await flow.browser().open(callback);
    flow.advance({ seconds: 10 });
    await flow.runDue();
    expect((await flow.flow.status(verificationId))?.state).toBe('held');
    expect((await attacker.open(resultUrl)).title).toBe('The result does not go to this browser');
  });

  it('who came before SEEK Pass had the result gets it a moment later, when nobody else came', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    await browser.open(callbackUrl(flow.flow.context, verificationId));
    flow.advance({ seconds: 10 });
    flow.share(redirectUri);
    await flow.runDue();
    expect((await flow.flow.status(verificationId))?.state).toBe('open');
    flow.advance({ seconds: 15 });
    await flow.runDue();
    expect((await flow.flow.status(verificationId))?.state).toBe('matched');
  });

  it('another browser that repeats the callback later reads nothing and takes nothing back', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    const callback = flow.share(redirectUri);
    await browser.open(callback);
    const stranger = flow.browser();
    expect((await stranger.open(callback)).title).toBe('The result does not go to this browser');
    expect((await flow.flow.status(verificationId))?.state).toBe('matched');
    expect((await browser.open(callback)).title).toBe('Thank you');
  });

  it('nothing is read from the query, and a wrong one-time value is no callback', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { verificationId } = await flow.begin(browser);
    const callback = callbackUrl(flow.flow.context, verificationId);
    const wrong = callback.slice(0, -1) + (callback.endsWith('A') ? 'B' : 'A');
    for (const url of [
      `${wrong}?status=verified`,
      callback.replace(/[^/]+$/, ''),
      `${callback}/x`,
      `https://portal.example.edu/verify/result/${verificationId}?status=verified`,
    ]) {
      const page = await browser.open(url);
      expect(['We do not know this link', 'The result does not go to this browser']).toContain(page.title);
    }
    expect((await browser.open(`${callback}?status=verified&returnTo=//evil.example`)).title).toBe(
      'One moment',
    );
    expect((await flow.flow.status(verificationId))?.state).toBe('open');
  });

  it('a cookie that was not made by us, or is another verification’s, is none', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const other = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    await flow.begin(other);
    const [value] = [...other.cookies.values()];
    const thief = flow.browser();
    thief.cookies.set(`__Host-verify-${verificationId}`, value ?? '');
    await thief.open(flow.share(redirectUri));
    flow.advance({ minutes: 1 });
    await flow.runDue();
    expect(await flow.flow.result(verificationId)).toEqual({ outcome: 'held' });
  });

  it('looking at the headers alone (HEAD) uses nothing up', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    const callback = flow.share(redirectUri);
    await flow.browser().request(callback, { method: 'HEAD' });
    expect((await browser.open(callback)).title).toBe('Thank you');
    expect((await flow.flow.status(verificationId))?.state).toBe('matched');
    expect((await browser.request(callback, { method: 'POST' })).status).toBe(405);
  });

  it.each(['sec-purpose', 'purpose', 'x-moz'])(
    'loading it ahead of a click (%s) uses nothing up, whoever does it',
    async (header) => {
      const flow = await openVerify();
      const browser = flow.browser();
      const { verificationId, redirectUri } = await flow.begin(browser);
      const callback = callbackUrl(flow.flow.context, verificationId);
      const headers = { [header]: 'prefetch' };
      for (const one of [browser, flow.browser()]) {
        expect((await one.request(callback, { headers })).status).toBe(503);
      }
      flow.advance({ minutes: 10 });
      expect((await browser.open(flow.share(redirectUri))).title).toBe('Thank you');
    },
  );

  it('a result that is redacted while SEEK Pass is asked for it is gone', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { verificationId, redirectUri } = await flow.begin(browser);
    await browser.open(flow.share(redirectUri));
    const known = flow.options.seekPass;
    const seekPass = {
      now: () => known.now(),
      redirectOrigin: known.redirectOrigin,
      verify: {
        ...known.verify,
        result: async (requestId: string) => {
          const answer = await known.verify.result(requestId);
          await flow.flow.redact(verificationId, { who: 'staff-7', reason: 'person_asked' });
          return answer;
        },
      },
    };
    const asking = createVerifyFlow({ ...flow.options, seekPass });
    await asking.start();
    expect(await asking.result(verificationId)).toEqual({ outcome: 'gone' });
  });

  it('many looks at the result at once ask SEEK Pass once, also while it does not answer', async () => {
    const flow = await openVerify();
    const browser = flow.browser();
    const { verificationId } = await flow.begin(browser);
    await browser.request(callbackUrl(flow.flow.context, verificationId));
    const asked = () =>
      flow.sandbox.control.requests.list().filter(({ url }) => url.includes('/status.json')).length;
    const look = () => browser.request(`https://portal.example.edu/verify/result/${verificationId}`);
    const before = asked();
    await Promise.all(Array.from({ length: 20 }, look));
    expect(asked() - before).toBe(1);
    flow.sandbox.control.faults.set({
      path: '/api/partner/v2/verify/requests/*/status.json',
      effect: { kind: 'status', status: 400 },
    });
    flow.advance({ seconds: 3 });
    for (let looks = 0; looks < 20; looks += 1) expect((await look()).status).toBe(200);
    expect(asked() - before).toBe(2);
  });

  it('the cookie is HttpOnly, Lax, Secure and bound to the host', async () => {
    const flow = await openVerify();
    const { setCookie, verificationId } = await flow.begin(flow.browser());
    expect(setCookie).toMatch(
      new RegExp(
        `^__Host-verify-${verificationId}=[\\w.-]+; Path=/; Max-Age=172800; HttpOnly; SameSite=Lax; Secure$`,
      ),
    );
  });
});

describe('security rule 1 for verify', () => {
  it.each([
    'https://seek-pass.example@evil.example/',
    'https://seek-pass.example.evil.example/',
    'https://seek-pass.example//evil.example',
    'http://seek-pass.example/partner/verify',
    '//evil.example',
    'javascript:alert(1)',
    String.raw`https://seek-pass.example\@evil.example`,
  ])(
    'security rule 1: a hostile redirect address of SEEK Pass is followed by nobody: %s',
    async (redirectUri) => {
      const seekPass = answeringSeekPass({ redirectUri });
      const { flow, browser } = await openVerify({ seekPass });
      await expect(flow.createVerification(verificationInput())).rejects.toMatchObject({
        code: 'hostile_redirect',
      });
      const link = await flow.createStartLink({
        ...verificationInput(),
        expected: { fullName: anh.fullName, dateOfBirth: anh.dateOfBirth },
      });
      if (link.outcome !== 'link') throw new Error('no link');
      const learner = browser();
      const answer = await learner.press(await learner.open(link.url));
      expect(answer.status).toBe(500);
      expect(answer.headers.get('location')).toBeNull();
    },
  );
});

describe('a start link', () => {
  async function withLink() {
    const flow = await openVerify();
    const link = await flow.flow.createStartLink({
      ...verificationInput(),
      expected: { fullName: anh.fullName, dateOfBirth: anh.dateOfBirth },
    });
    if (link.outcome !== 'link') throw new Error('no link');
    return { ...flow, link };
  }

  it('starts in the browser that presses first; opening it changes nothing (security rule 4)', async () => {
    const { flow, link, browser, sandbox, share } = await withLink();
    const [first, second] = [browser(), browser()];
    const page = await first.open(link.url);
    const other = await second.open(link.url);
    expect(page.title).toBe('Show who you are');
    expect(page.html).not.toContain(anh.fullName);
    expect(page.url.href).not.toBe(link.url);
    expect(sandbox.control.verifications.list()).toEqual([]);
    expect((await flow.status(link.verificationId))?.state).toBe('created');

    const pressed = await first.press(page);
    expect(pressed.status).toBe(303);
    const late = await second.press(other);
    expect(late.status).toBe(410);
    expect(late.headers.get('location')).toBeNull();
    const back = await first.open(share(pressed.headers.get('location') ?? ''));
    expect(back.title).toBe('Thank you');
    expect((await flow.status(link.verificationId))?.state).toBe('matched');
  });

  it('a second press of the same browser is the same request at SEEK Pass', async () => {
    const { link, browser, sandbox } = await withLink();
    const learner = browser();
    const page = await learner.open(link.url);
    const one = await learner.press(page);
    const two = await learner.press(await learner.open(link.url));
    expect(two.headers.get('location')).toBe(one.headers.get('location'));
    expect(sandbox.control.verifications.list()).toHaveLength(1);
  });

  it('security rule 6: a form from elsewhere, or without its token, starts nothing', async () => {
    const { link, browser, sandbox } = await withLink();
    const learner = browser();
    const page = await learner.open(link.url);
    expect((await learner.press(page, 'https://evil.example')).status).toBe(403);
    const stranger = browser();
    await stranger.open(link.url);
    expect((await stranger.press(page)).status).toBe(403);
    const noCookie = browser();
    expect((await noCookie.press(page)).status).toBe(403);
    expect((await noCookie.open(page.url)).status).toBe(403);
    expect(sandbox.control.verifications.list()).toEqual([]);
  });

  it('security rule 14: forwarded, it tells the forwarder that it was somebody else, and nothing more', async () => {
    const { flow, link, browser, share } = await withLink();
    const forwarded = browser();
    const pressed = await forwarded.press(await forwarded.open(link.url));
    const page = await forwarded.open(share(pressed.headers.get('location') ?? '', somchai.email));
    expect(page.title).toBe('The details do not fit');
    expect(page.html).not.toContain(somchai.fullName);
    expect((await flow.status(link.verificationId))?.state).toBe('mismatched');
  });

  it('is over when nobody used it in time', async () => {
    const { flow, link, browser, advance, runDue, told } = await withLink();
    advance({ hours: 7 * 24 });
    const learner = browser();
    expect((await learner.open(link.url)).title).toBe('The time for this is over');
    await runDue();
    expect(await flow.status(link.verificationId)).toMatchObject({ state: 'expired', evidence: 'inferred' });
    expect(told).toMatchObject([{ type: 'expired' }]);
  });

  it('says when SEEK Pass does not answer, and can be tried again', async () => {
    const { flow, link, browser, sandbox } = await withLink();
    const learner = browser();
    const page = await learner.open(link.url);
    const fault = sandbox.control.faults.set({
      path: '/api/partner/v2/verify/*',
      effect: { kind: 'status', status: 503 },
    });
    const failed = await learner.press(page);
    expect(failed.status).toBe(503);
    expect((await flow.status(link.verificationId))?.state).toBe('failed');
    sandbox.control.faults.remove(fault.faultId);
    expect((await learner.press(page)).status).toBe(303);
    expect((await flow.status(link.verificationId))?.state).toBe('open');
  });

  it('more presses than a person makes are refused', async () => {
    const { link, browser } = await withLink();
    const learner = browser();
    const page = await learner.open(link.url);
    const statuses: number[] = [];
    for (let presses = 0; presses < 11; presses += 1) statuses.push((await learner.press(page)).status);
    expect(statuses.filter((status) => status === 303)).toHaveLength(10);
    expect(statuses.at(-1)).toBe(429);
  });
});
