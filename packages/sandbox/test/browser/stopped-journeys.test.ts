import { expect, test } from 'vitest';
import { contentId, freshSandbox, partnerOf } from '../partner.ts';
import { microcredential } from '../payloads.ts';
import { useBrowser } from './chromium.ts';

const newVisitor = useBrowser();
const patience = { timeout: 120_000 };

test(
  'the first account keeps the link; another one gets an error page that tells nothing',
  patience,
  async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    const { body } = await partner.add(microcredential('first-1'));
    const first = await newVisitor();
    await first.page.goto(body.redirect_uri);
    await first.logInAs('Suharto');
    expect(await first.heading()).toBe('Add this credential?');

    const second = await newVisitor();
    await second.page.goto(body.redirect_uri);
    await second.logInAs('王小明');
    expect(await second.heading()).toBe('This link belongs to another account');
    const page = await second.page.content();
    for (const secret of ['suharto', 'Practical Data Ethics', 'University of Examples'])
      expect(page).not.toContain(secret);
    await second.look('stopped-wrong-user');

    // Also not by a request without the page.
    const here = `${sandbox.baseUrl}/wallet/add/${contentId(body.redirect_uri)}`;
    await second.page.request.post(`${here}/consent`);
    expect((await partner.status('first-1')).body.status).toBe('incomplete');

    await second.press('Log in with another account');
    await second.logInAs('Suharto');
    expect(await second.heading()).toBe('Add this credential?');
  },
);

test('declining asks first, keeps nothing and reads "canceled"', patience, async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const { body } = await partner.add(microcredential('no-1'));
  const learner = await newVisitor();
  await learner.page.goto(body.redirect_uri);
  await learner.logInAs('Björk Guðmundsdóttir');
  await learner.follow('Decline');
  await learner.look('stopped-decline');
  await learner.follow('No, go back');
  expect(await learner.heading()).toBe('Add this credential?');
  await learner.follow('Decline');
  expect((await partner.status('no-1')).body.status).toBe('incomplete');
  await learner.press('Yes, decline');
  expect(await learner.heading()).toBe('You declined');
  await learner.look('stopped-declined');
  expect((await partner.status('no-1')).body.status).toBe('canceled');
  await learner.follow('Go to your wallet');
  expect(await learner.page.locator('main').innerText()).toContain('Nothing here yet');
  await learner.look('stopped-empty-wallet');
});

test('after 48 hours the link has expired, also for somebody in the middle of it', patience, async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const { body } = await partner.add(microcredential('late-1'));
  const learner = await newVisitor();
  await learner.page.goto(body.redirect_uri);
  await learner.logInAs('Christopher Null');
  expect(await learner.heading()).toBe('Add this credential?');
  sandbox.control.clock.advance({ hours: 48 });
  await learner.press('Add to my wallet');
  expect(await learner.heading()).toBe('This link has expired');
  await learner.look('stopped-expired');
  await partner.authenticate('write.microcredential');
  expect((await partner.status('late-1')).body.status).toBe('canceled');
});

test('without the app sign-in what was added is deleted after another 48 hours', patience, async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const { body } = await partner.add(microcredential('app-1'));
  const learner = await newVisitor();
  await learner.page.goto(body.redirect_uri);
  await learner.logInAs('Christopher Null');
  await learner.press('Add to my wallet');
  await learner.follow('Go to your wallet');
  await learner.look('stopped-app-due');
  sandbox.control.clock.advance({ hours: 48 });
  await learner.page.goto(body.redirect_uri);
  await learner.logInAs('Christopher Null');
  expect(await learner.heading()).toBe('What you added was deleted');
  await learner.look('stopped-deleted');
  await partner.authenticate('write.microcredential');
  expect((await partner.status('app-1')).body.status).toBe('verified');
});

test('an unknown link, or one with a foreign client id, says so and binds nobody', patience, async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const { body } = await partner.add(microcredential('odd-1'));
  const learner = await newVisitor();
  await learner.page.goto(body.redirect_uri.replace(/clientId=[^&]*/u, 'clientId=sandbox-somebody-else'));
  await learner.page.getByRole('heading', { name: 'We do not know this link' }).waitFor();
  await learner.look('stopped-unknown');
  await learner.page.goto(`${sandbox.baseUrl}/wallet/add/nothing`);
  expect(await learner.heading()).toBe('We do not know this link');
  expect(sandbox.control.submissions.read('odd-1').boundTo).toBe(null);
});
