import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freshSandbox, partnerOf } from '../partner.ts';
import type { Partner } from '../partner.ts';
import { useBrowser } from './chromium.ts';

const newVisitor = useBrowser();
const patience = { timeout: 120_000 };

/** A partner's page, on another origin, that sends on once more. */
async function callbackPage(): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/callback')) response.writeHead(302, { Location: '/thanks' }).end();
    else response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Thanks</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address() as AddressInfo;
  return `http://127.0.0.1:${address.port}/callback?order=7`;
}

async function ask(partner: Partner, requestId: string, callbackUrl?: string): Promise<string> {
  const { body } = await partner.call('POST', '/api/partner/v2/verify/requests/digital_identity.json', {
    request_id: requestId,
    ...(callbackUrl === undefined ? {} : { callback_url: callbackUrl }),
    display_options: { partner_name: 'Hirer & Söhne', partner_logo_url: 'https://logo.example/logo.png' },
    request_source: [{ name: 'Job Board' }],
    metadata: { position_title: 'Nurse', applied_on_seek: true },
  });
  return body.redirect_uri;
}

async function result(partner: Partner, requestId: string): Promise<{ status: string; credential: unknown }> {
  return (await partner.call('GET', `/api/partner/v2/verify/requests/${requestId}/status.json`)).body;
}

test('a learner chooses an identity, consents, and comes back to the callback URL', patience, async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const callback = await callbackPage();
  const link = await ask(partner, 'verify-1', callback);
  const learner = await newVisitor();
  const { page } = learner;
  await page.goto(link);
  await page.waitForURL(/\/wallet\/verify\//u);
  await learner.look('verify-1-log-in');
  await learner.logInAs('فاطمة الزهراء');
  expect(await learner.heading()).toBe('Prove who you are');
  expect(await page.locator('main').innerText()).toContain('Hirer & Söhne');
  await learner.look('verify-2-choose');
  await learner.press('Go on');
  expect(await page.getByRole('alert').innerText()).toContain('Choose what you want to share');
  await learner.look('verify-3-choose-error');
  await page.getByRole('alert').getByRole('link').click();
  await page.getByLabel('Passport').check();
  await learner.press('Go on');
  expect(await page.locator('article').innerText()).toContain('1997-07-19');
  await learner.look('verify-4-consent');
  expect((await result(partner, 'verify-1')).status).toBe('incomplete');

  const returned = page.waitForRequest((request) => request.url().startsWith(callback));
  await learner.press('Share');
  expect((await returned).url()).toBe(callback);
  await page.getByRole('heading', { name: 'Thanks' }).waitFor();
  expect(await result(partner, 'verify-1')).toMatchObject({
    status: 'verified',
    credential: { fields: { full_name: 'فاطمة الزهراء' } },
  });
  expect(learner.complaints).toEqual([]);

  await page.goto(link);
  await page.waitForURL(/\/wallet\/verify\//u);
  expect(await learner.heading()).toBe('Your identity was shared');
  await learner.look('verify-5-shared');

  const other = await newVisitor();
  await other.page.goto(link);
  await other.logInAs('Suharto');
  expect(await other.heading()).toBe('This link belongs to another account');
  await other.look('verify-6-wrong-user');
});

test(
  'a learner declines and comes back as well; without a callback URL the page ends here',
  patience,
  async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    const learner = await newVisitor();
    const { page } = learner;
    await page.goto(await ask(partner, 'verify-2', await callbackPage()));
    await learner.logInAs('Suharto');
    await learner.follow('Decline');
    await learner.look('verify-7-decline');
    await learner.press('Yes, decline');
    await page.getByRole('heading', { name: 'Thanks' }).waitFor();
    expect(await result(partner, 'verify-2')).toMatchObject({ status: 'canceled', credential: null });

    await page.goto(await ask(partner, 'verify-3'));
    await page.getByLabel('Driver’s licence').check();
    await learner.press('Go on');
    await learner.press('Share');
    expect(await learner.heading()).toBe('Your identity was shared');
    expect(await page.locator('main').innerText()).toContain('You can close this page');

    const link = await ask(partner, 'verify-4', 'javascript:alert(1)');
    if (link === undefined) return;
    await page.goto(link);
    await learner.follow('Decline');
    await learner.press('Yes, decline');
    expect(await learner.heading()).toBe('You declined');
    expect(await page.locator('main a[href^="javascript"]').count()).toBe(0);
  },
);

test('a verify link expires after 48 hours', patience, async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const link = await ask(partner, 'verify-5');
  sandbox.control.clock.advance({ hours: 48 });
  const learner = await newVisitor();
  await learner.page.goto(link);
  await learner.page.getByRole('heading', { name: 'This link has expired' }).waitFor();
  expect(await learner.heading()).toBe('This link has expired');
  await learner.look('verify-8-expired');
});
