import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { proof } from '@seek-pass-kit/prove';
import { narrow } from '@seek-pass-kit/prove/browser';
import { expect, onTestFinished, test } from 'vitest';
import { pageHeaders } from '../../src/claims/page-headers.ts';
import { locales } from '../../src/languages/locale.ts';
import { toNodeListener, type WebHandler } from '../../src/node/node-listener.ts';
import { renderVerifyPage } from '../../src/verify/pages/render-verify-page.ts';
import type { VerifyEnd, VerifyPage } from '../../src/verify/pages/verify-page.ts';
import { sampleFrame } from '../pages/sample-frame.ts';
import { anh, openVerify, verificationInput } from '../verify/verify-fixture.ts';
import { useBrowser } from './chromium.ts';

const newVisitor = useBrowser();
const patience = { timeout: 120_000 };
const form = { action: '/verify/start/sample', csrfToken: 'sample' };
const ends: Readonly<Record<VerifyEnd, true>> = {
  confirmed: true,
  somebody_else: true,
  looked_at: true,
  canceled: true,
  unfinished: true,
  elsewhere: true,
  over: true,
  used: true,
  unknown_link: true,
  foreign_form: true,
  rejected: true,
  too_many: true,
  ours: true,
};
const samples: readonly VerifyPage[] = [
  { page: 'start', go: form },
  { page: 'waiting', again: '/verify/result/sample' },
  { page: 'unavailable', retry: form },
  ...(Object.keys(ends) as VerifyEnd[]).map((page) => ({ page })),
];
const looks = locales.flatMap((_, turn) =>
  samples.map((page, at) => ({ page, locale: locales[(at + turn) % locales.length] ?? 'en' })),
);

proof(
  'verify pages in Chromium: each in six languages, axe clean in light and dark, no policy broken, nothing loaded',
  { small: samples.length, full: looks.length },
  async ({ size, seed }) => {
    const visitor = await newVisitor();
    const address = 'http://127.0.0.1:9/verify/sample';
    const first = (seed % locales.length) * samples.length;
    for (let at = 0; at < size; at += 1) {
      const look = looks[(first + at) % looks.length];
      if (look === undefined) throw new Error('There is a look for every number.');
      const frame = sampleFrame(look.locale);
      const headers = {
        ...pageHeaders(frame.brand, 'https://seek-pass.example'),
        'content-type': 'text/html; charset=utf-8',
      };
      await visitor.page.unrouteAll();
      await visitor.page.route('**/*', (route) =>
        route.request().url() === address
          ? route.fulfill({ body: renderVerifyPage(look.page, frame), headers })
          : route.fulfill({ status: 204 }),
      );
      await visitor.page.goto(address);
      await visitor.look(`verify-${look.locale}-${look.page.page}`);
    }
  },
);

test('no verify page in any language is to be scrolled sideways at 320 pixels', patience, async () => {
  const visitor = await newVisitor({ viewport: narrow });
  const wide: string[] = [];
  for (const { page, locale } of looks) {
    await visitor.page.setContent(renderVerifyPage(page, sampleFrame(locale)));
    if ((await visitor.sideways()) > 0) wide.push(`${locale}-${page.page}`);
  }
  expect(wide).toEqual([]);
});

test(
  'a person goes from the start link over SEEK Pass to the thanks; another browser sees nothing',
  patience,
  async () => {
    let handler: WebHandler = async () => new Response(null, { status: 503 });
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on(
      'request',
      toNodeListener((request, connection) => handler(request, connection), { origin }),
    );
    const flow = await openVerify({ callbackBaseUrl: `${origin}/verify` });
    ({ handler } = flow);
    const link = await flow.flow.createStartLink({
      ...verificationInput(),
      expected: { fullName: anh.fullName, dateOfBirth: anh.dateOfBirth },
    });
    if (link.outcome !== 'link') throw new Error('no link');

    const person = await newVisitor();
    await person.page.goto(link.url);
    expect(person.page.url()).not.toContain(link.url.slice(link.url.lastIndexOf('/')));
    await person.tabTo('Continue to SEEK Pass');
    await person.press('Enter');
    await person.page.waitForURL(/\/wallet\/verify\//u);
    const { contentId } = flow.sandbox.control.verifications.list()[0] ?? { contentId: '' };
    const callback = flow.share(contentId);

    await person.page.goto(callback);
    expect(await person.heading()).toBe('Thank you');
    expect(person.page.url()).toBe(`${origin}/verify/result/${link.verificationId}`);
    const stranger = await newVisitor();
    await stranger.page.goto(callback);
    expect(await stranger.heading()).toBe('The result does not go to this browser');
    await stranger.page.goto(`${origin}/verify/result/${link.verificationId}`);
    expect(await stranger.heading()).toBe('The result does not go to this browser');
    expect([...person.complaints, ...stranger.complaints]).toEqual([]);
    expect((await flow.flow.status(link.verificationId))?.state).toBe('matched');
  },
);
