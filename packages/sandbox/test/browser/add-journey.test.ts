import { expect, test } from 'vitest';
import { contentId, freshSandbox, partnerOf } from '../partner.ts';
import { batch, education, microcredential } from '../payloads.ts';
import { useBrowser } from './chromium.ts';

const newVisitor = useBrowser();
const patience = { timeout: 120_000 };

test('a learner goes from the link to "verified": code by mail, consent, app sign-in', patience, async () => {
  const sandbox = await freshSandbox({ clientName: 'University of Examples' });
  const partner = await partnerOf(sandbox);
  const chain = { partner_chain: [{ name: 'Awards Ltd' }, { name: 'Faculty of Commerce' }] };
  const { body } = await partner.add(education('award-1', chain));
  const learner = await newVisitor();
  const { page } = learner;

  await page.goto(body.redirect_uri);
  await page.waitForURL(/\/wallet\/add\//u);
  expect(new URL(page.url()).hash).toBe('');
  expect(await page.content()).not.toContain('Bachelor of Commerce');
  await learner.look('add-1-log-in');

  await learner.press('Send me a code');
  expect(await page.locator('main').innerText()).toContain(
    'University of Examples wants to add a credential',
  );
  await learner.look('add-2-log-in-error');
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
  await page.getByRole('alert').getByRole('link').click();
  expect(await page.evaluate('document.activeElement.id')).toBe('email');

  await page.getByRole('textbox', { name: 'E-mail address' }).fill('Minh.Anh@school.example');
  await learner.press('Send me a code');
  await learner.look('add-3-code');
  expect(page.url()).not.toContain('school.example');
  await learner.press('Send a new code');
  expect(await page.getByRole('status').innerText()).toContain('A new code was sent');
  await learner.look('add-3-code-again');

  await page.getByLabel('Code').fill('000');
  await learner.press('Log in');
  await learner.look('add-4-code-error');

  const [inbox] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: 'Open the sandbox inbox' }).click(),
  ]);
  await inbox
    .getByRole('link', { name: /is your SEEK Pass sandbox code/u })
    .first()
    .click();
  const [code] = /\d{6}/u.exec(await inbox.locator('pre').first().innerText()) ?? [''];
  await inbox.close();
  await page.getByLabel('Code').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await learner.press('Log in');

  expect(await learner.heading()).toBe('Add this credential?');
  expect(sandbox.control.submissions.read('award-1').boundTo).toBe('minh.anh@school.example');
  expect((await partner.status('award-1')).body.status).toBe('incomplete');
  const kept = await page.locator('article').innerText();
  for (const shown of [
    'Nguyễn Thị Minh Ánh',
    'Bachelor of Commerce',
    '2024',
    'Finance',
    'Awards Ltd → Faculty of Commerce',
  ])
    expect(kept).toContain(shown);
  await learner.look('add-5-consent');

  await learner.press('Add to my wallet');
  expect(await learner.heading()).toBe('Added to your wallet');
  expect((await partner.status('award-1')).body).toMatchObject({ id: 'award-1', status: 'verified' });
  await learner.look('add-6-done');

  await learner.press('Sign in to the app');
  expect(await page.locator('main').innerText()).toContain('it stays in your wallet');
  expect(sandbox.control.submissions.read('award-1').walletCopy).toBe('kept');
  await learner.look('add-7-signed-in');

  sandbox.control.clock.advance({ hours: 1 });
  await page.goto(body.redirect_uri);
  await page.waitForURL(/\/wallet\/add\//u);
  expect(await learner.heading()).toBe('Added to your wallet');

  await learner.follow('Go to your wallet');
  expect(await page.locator('article h2').allInnerTexts()).toEqual(['Bachelor of Commerce']);
  await learner.look('add-8-wallet');
  await learner.press('Log out');
  expect(await learner.heading()).toBe('Log in');
});

test('the whole way works with the keyboard alone', patience, async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const { body } = await partner.add(microcredential('keys-1'));
  const { page } = await newVisitor();
  const tabTo = async (text: string): Promise<void> => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const focused: unknown = await page.evaluate(
        'document.activeElement.innerText || document.activeElement.labels?.[0]?.innerText || ""',
      );
      if (String(focused).startsWith(text)) return;
    }
    throw new Error(`Tab never reaches "${text}".`);
  };

  await page.goto(body.redirect_uri);
  await page.waitForURL(/\/wallet\/add\//u);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('location.hash')).toBe('#main');
  await tabTo('E-mail address');
  await page.keyboard.type('keys@school.example');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/log-in\/code/u);
  const [mail] = sandbox.control.mails.list();
  await tabTo('Code');
  await page.keyboard.type(/\d{6}/u.exec(mail?.text ?? '')?.[0] ?? '');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/wallet\/add\//u);
  await tabTo('Add to my wallet');
  await page.keyboard.press('Space');
  await page.getByRole('heading', { name: 'Added to your wallet' }).waitFor();
  await tabTo('Sign in to the app');
  await page.keyboard.press('Enter');
  await page.getByText('it stays in your wallet').waitFor();
  expect((await partner.status('keys-1')).body.status).toBe('verified');
});

test('a batch shows all its credentials, and names of every script stay as they are', patience, async () => {
  const sandbox = await freshSandbox({ clientName: 'Trường Đại học <b>Ví dụ</b>' });
  const partner = await partnerOf(sandbox);
  const sent = batch('batch-1');
  const hostile = { full_name: 'فاطمة "><script>alert(1)</script>', course_name: 'สมชาย & Sons' };
  sent.education_items = [{ credential_id: 'x', fields: { ...education('x').data.credential, ...hostile } }];
  const { body } = await partner.call('POST', '/api/partner/v2/add/requests/batch.json', sent);
  const learner = await newVisitor();
  const { page } = learner;
  await page.goto(body.redirect_uri);
  await learner.logInAs('สมชาย ใจดี');

  expect(await learner.heading()).toBe('Add these 6 credentials?');
  expect(await page.locator('main').innerText()).toContain('Trường Đại học <b>Ví dụ</b>');
  expect(await page.locator('article').count()).toBe(6);
  expect(await page.locator('main').innerText()).toContain(hostile.full_name);
  expect(await page.locator('main script').count()).toBe(0);
  const direction = `getComputedStyle([...document.querySelectorAll('dd')].find((node) => node.innerText.startsWith('فاطمة'))).direction`;
  expect(await page.evaluate(direction)).toBe('rtl');
  await learner.look('batch-1-consent');

  await learner.press('Add to my wallet');
  await learner.follow('Go to your wallet');
  expect(await page.locator('article').count()).toBe(6);
  await learner.look('batch-2-wallet');
  expect((await partner.status('batch-1')).body.status).toBe('verified');
});

test('without its hash, or without JavaScript, a link says what is wrong', patience, async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const { body } = await partner.add(microcredential('hash-1'));
  const learner = await newVisitor();
  await learner.page.goto(body.redirect_uri.replace(/#.*$/u, ''));
  expect(await learner.heading()).toBe('This link is not complete');
  await learner.look('link-without-hash');
  await learner.page.goto(body.redirect_uri);
  await learner.page.getByRole('heading', { name: 'Log in', exact: true }).waitFor();

  const plain = await newVisitor({ javaScriptEnabled: false });
  await plain.page.goto(body.redirect_uri);
  expect(await plain.page.locator('noscript').innerText()).toContain('needs JavaScript');
  await plain.page.goto(`${sandbox.baseUrl}/wallet/add/${contentId(body.redirect_uri)}`);
  await plain.logInAs('王小明');
  await plain.press('Add to my wallet');
  expect((await partner.status('hash-1')).body.status).toBe('verified');
});
