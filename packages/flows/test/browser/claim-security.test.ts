import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { pageTexts } from '../../src/pages/page-texts.ts';
import { useBrowser } from './chromium.ts';
import { mailedCode, openClaimPages } from './open-claim-pages.ts';

const newVisitor = useBrowser();
const patience = { timeout: 120_000 };
const say = pageTexts.en;

/** A site of somebody else, on another port of this machine: to a browser another origin. */
async function foreignSite(html: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test(
  'security rule 4: a scanner that runs scripts and follows every link of a page asks for no code',
  patience,
  async () => {
    const flow = await openClaimPages();
    const awardId = await flow.issue();
    const history = await flow.store.read.history('default', awardId);
    const { page } = await newVisitor();
    await page.goto(await flow.linkOf(awardId));
    const links = await page.locator('a[href]').evaluateAll((all) => all.map((one) => String(one)));
    for (const link of links.filter((one) => one.startsWith('http'))) await page.goto(link);
    await page.waitForLoadState('networkidle');
    expect(flow.mails.sent).toEqual([]);
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    expect(await flow.store.read.history('default', awardId)).toEqual(history);
  },
);

test(
  'security rule 5: from the link to the wallet no request but the first has the token, in its address or as its referrer',
  patience,
  async () => {
    const flow = await openClaimPages();
    const link = await flow.linkOf(await flow.issue());
    const token = link.slice(link.lastIndexOf('/') + 1);
    const { page } = await newVisitor();
    const requests: { readonly url: string; readonly referrer: Promise<string | null> }[] = [];
    page.on('request', (request) => {
      requests.push({ url: request.url(), referrer: request.headerValue('referer').catch(() => null) });
    });
    await page.goto(link);
    await page.getByRole('button', { name: say.startButton }).click();
    await page.getByRole('textbox').fill(mailedCode(flow));
    await page.getByRole('button', { name: say.codeButton }).click();
    await page.getByRole('button', { name: say.awardAdd }).click();
    await page.waitForURL(/\/wallet\/add\//u);
    const referrers = await Promise.all(requests.map(({ referrer }) => referrer));
    expect(requests.filter(({ url }) => url.includes(token)).map(({ url }) => url)).toEqual([link]);
    expect(referrers.filter((referrer) => referrer?.includes(token) === true)).toEqual([]);
    expect(requests.some(({ url }) => url.startsWith(flow.context.redirectOrigin))).toBe(true);
  },
);

test(
  'security rule 6: a form of another site with the token of the page is turned away with 403',
  patience,
  async () => {
    const flow = await openClaimPages();
    const { page } = await newVisitor();
    await page.goto(await flow.linkOf(await flow.issue()));
    const action = new URL(String(await page.locator('form').first().getAttribute('action')), page.url());
    const csrf = await page.locator('input[name=csrf]').first().inputValue();
    const site = await foreignSite(
      `<form method="post" action="${action.href}"><input name="csrf" value="${csrf}"><button>Win a prize</button></form>`,
    );
    await page.goto(site);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url() === action.href),
      page.getByRole('button', { name: 'Win a prize' }).click(),
    ]);
    expect(answer.status()).toBe(403);
    // The browser did send our cookies: it is the origin that was refused.
    expect(await answer.request().headerValue('cookie')).toContain('claim-pass-');
    expect(flow.mails.sent).toEqual([]);
  },
);

test('security rule 6: no other site can put a page into a frame', patience, async () => {
  const flow = await openClaimPages();
  const link = await flow.linkOf(await flow.issue());
  const visitor = await newVisitor();
  await visitor.page.goto(await foreignSite(`<iframe src="${link}"></iframe>`));
  await visitor.page.waitForLoadState('networkidle');
  expect(visitor.page.frames().every((frame) => !frame.url().includes('/claim/'))).toBe(true);
  expect(visitor.complaints.join('\n')).toContain("frame-ancestors 'none'");
});

test(
  'security rule 9: on a kiosk the next visitor finds the proof gone after signing out, also with the back button',
  patience,
  async () => {
    const flow = await openClaimPages();
    const { page } = await newVisitor();
    await page.goto(await flow.linkOf(await flow.issue()));
    await page.getByRole('button', { name: say.startButton }).click();
    await page.getByRole('textbox').fill(mailedCode(flow));
    await page.getByRole('button', { name: say.codeButton }).click();
    await page.getByRole('button', { name: say.signOut }).click();
    expect(await page.locator('h1').innerText()).toBe(say.linkExpiredTitle);
    await page.goBack();
    expect(await page.locator('body').innerText()).not.toContain('Nguyễn Thị Lan');
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
  },
);
