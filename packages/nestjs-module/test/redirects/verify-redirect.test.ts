import 'reflect-metadata';
import { Controller, Inject, Post, Query, Redirect, Res } from '@nestjs/common';
import type { VerificationInput, VerifyFlow } from '@seek-pass-kit/flows';
import { expect, describe, test } from 'vitest';
import { getVerifyFlowToken, type HeaderReceiver, verifyRedirect } from '../../src/index.ts';
import { testOrigin } from '../../src/testing/test-options.ts';
import { Browser } from '../claims/browser.ts';
import { ExpressAdapterOfNest10 } from '../claims/portals.ts';
import { adapters, openApp, openSeekPass } from '../http/open-app.ts';

const account = 'nguyen@learners.example';
const expected = { fullName: 'Nguyễn Thị Minh Ánh', dateOfBirth: '2001-11-02' };

const servers = [...adapters, ['Express 4', () => new ExpressAdapterOfNest10()] as const];

describe.each(servers)('a verification that a controller starts on %s', (_name, adapter) => {
  async function openPortal() {
    const seekPass = await openSeekPass();

    @Controller('portal')
    class IdentityController {
      readonly #verify: VerifyFlow;

      constructor(@Inject(getVerifyFlowToken()) verify: VerifyFlow) {
        this.#verify = verify;
      }

      @Post('identity')
      @Redirect()
      async start(
        @Res({ passthrough: true }) response: HeaderReceiver,
        @Query('born') born: string = expected.dateOfBirth,
      ) {
        response.header('set-cookie', 'portal=1; Path=/');
        const input: VerificationInput = {
          reference: 'application 17',
          expected: { ...expected, dateOfBirth: born },
          returnTo: '/portal/identity/:verificationId',
        };
        return verifyRedirect(await this.#verify.createVerification(input), response);
      }
    }

    const { app, url } = await openApp({
      adapter: adapter(),
      registrations: [seekPass.options({ logger: false })],
      module: { controllers: [IdentityController] },
    });
    return {
      seekPass,
      url,
      verify: app.get<VerifyFlow>(getVerifyFlowToken()),
      browser: () => new Browser(url, testOrigin),
    };
  }

  const post = (url: string, path = '/portal/identity') =>
    fetch(url + path, { method: 'POST', redirect: 'manual' });

  test('leads to SEEK Pass with the cookie that binds it to this browser, and back to a page of the application', async () => {
    const { seekPass, url, verify, browser } = await openPortal();
    const started = await post(url);
    expect(started.status).toBe(303);
    expect(started.headers.get('cache-control')).toBe('no-store');
    const link = started.headers.get('location') ?? '';
    expect(link).toMatch(`${seekPass.sandbox.baseUrl}/partner/verify/`);
    const cookies = started.headers.getSetCookie();
    expect(cookies).toEqual([
      'portal=1; Path=/',
      expect.stringMatching(/^__Host-verify-[^;]+; Path=\/.*HttpOnly.*Secure/),
    ]);

    const { callbackUrl } = seekPass.sandbox.control.learner.share({ link, email: account });
    const back = new URL(callbackUrl ?? '');
    const starter = browser();
    for (const cookie of cookies) starter.keep(cookie);
    const { path } = await starter.open(back.pathname + back.search);
    const [, verificationId = ''] = /^\/portal\/identity\/([\w-]{22})$/.exec(path) ?? [];
    expect(await verify.status(verificationId)).toMatchObject({ state: 'matched' });
    expect(await verify.result(verificationId)).toMatchObject({ outcome: 'identity', verdict: 'matched' });
  });

  test('security rule 14: in another browser it comes back to nothing', async () => {
    const { seekPass, url, browser } = await openPortal();
    const started = await post(url);
    const link = started.headers.get('location') ?? '';
    const { callbackUrl } = seekPass.sandbox.control.learner.share({ link, email: account });
    const back = new URL(callbackUrl ?? '');
    const page = await browser().open(back.pathname + back.search);
    expect(page.path).toMatch(/^\/verify\//);
    expect(page.html).not.toContain('Nguyễn');
  });

  test('is answered with 503 while SEEK Pass does not answer', async () => {
    const { seekPass, url } = await openPortal();
    seekPass.sandbox.control.faults.set({
      path: '/*',
      effect: { kind: 'status', status: 503, retryAfter: '3600' },
    });
    const answer = await post(url);
    expect([answer.status, answer.headers.get('retry-after'), answer.headers.has('location')]).toEqual([
      503,
      '3600',
      false,
    ]);
    expect(await answer.json()).toMatchObject({ code: 'unavailable', retryable: true });
  });

  test('is answered with 422 when the input is wrong, without its values', async () => {
    const { url } = await openPortal();
    const answer = await post(url, '/portal/identity?born=tomorrow');
    expect(answer.status).toBe(422);
    const body = await answer.json();
    expect(body).toMatchObject({ code: 'invalid_payload', problems: [{ path: 'expected.dateOfBirth' }] });
    expect(JSON.stringify(body)).not.toMatch(/tomorrow|Nguy/);
    expect(answer.headers.getSetCookie()).toEqual(['portal=1; Path=/']);
  });
});

test('what SEEK Pass refused is answered with 422', () => {
  const start = () =>
    verifyRedirect({ outcome: 'rejected', verificationId: 'v' }, { header: () => undefined });
  expect(start).toThrow(
    expect.objectContaining({ status: 422, response: expect.objectContaining({ code: 'rejected' }) }),
  );
});
