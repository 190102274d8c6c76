import { expect, test } from 'vitest';
import { pageTexts } from '../../src/pages/page-texts.ts';
import { pollSubmissions } from '../../src/polling/poll-submissions.ts';
import { lan, microcredential } from '../add-flow-fixture.ts';
import { useBrowser } from './chromium.ts';
import { mailedCode, openClaimPages } from './open-claim-pages.ts';

const newVisitor = useBrowser();
const patience = { timeout: 120_000 };

test.each(['en', 'th'] as const)(
  'a learner who reads %s claims with the keyboard alone, from the link to the wallet',
  patience,
  async (locale) => {
    const flow = await openClaimPages();
    const awardId = await flow.issue({ recipient: { ...lan, locale } });
    const say = pageTexts[locale];
    const learner = await newVisitor({ locale });
    const { page } = learner;

    const link = await flow.linkOf(awardId);
    await page.goto(link);
    const token = link.slice(link.lastIndexOf('/') + 1);
    expect(page.url()).not.toContain(token);
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    await learner.look(`journey-${locale}-1-start`);
    expect(flow.mails.sent).toEqual([]);

    await learner.tabTo(say.startButton);
    await learner.press('Enter');
    expect(await learner.heading()).toBe(say.codeTitle);
    await learner.tabTo(say.codeLabel);
    await page.keyboard.type(mailedCode(flow).startsWith('0') ? '11111111' : '00000000');
    await learner.press('Enter');
    expect(await page.title()).toContain(say.errorTitle.replace('{title}', say.codeTitle));
    await learner.look(`journey-${locale}-2-wrong-code`);

    // The field has the keyboard already.
    await page.keyboard.type(mailedCode(flow));
    await learner.press('Enter');
    expect(await learner.heading()).toBe(say.awardsTitle);
    expect(await page.locator('article').innerText()).toContain('Nguyễn Thị Lan');
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    await learner.look(`journey-${locale}-3-awards`);

    await learner.tabTo(say.awardAdd);
    await learner.press('Space');
    await page.waitForURL(/\/wallet\/add\//u);
    await learner.picture(`journey-${locale}-4-wallet`);
    expect([...learner.complaints, ...learner.strangers]).toEqual([]);
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
  },
);

test('without JavaScript a learner picks a language and claims', patience, async () => {
  const flow = await openClaimPages();
  const awardId = await flow.issue();
  const say = pageTexts.vi;
  const learner = await newVisitor({ locale: 'de-CH', javaScriptEnabled: false });
  const { page } = learner;
  const pressed = (name: string) => page.getByRole('button', { name }).click();

  await page.goto(await flow.linkOf(awardId));
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.getByRole('link', { name: 'Tiếng Việt' }).click();
  await pressed(say.startButton);
  await page.getByLabel(say.codeLabel).fill(mailedCode(flow));
  await pressed(say.codeButton);
  expect(await learner.heading()).toBe(say.awardsTitle);
  await pressed(say.awardAdd);
  await page.waitForURL(/\/partner\/add\//u);
  expect(learner.strangers).toEqual([]);
});

test('what was added is shown as added, and is asked about before it is added again', patience, async () => {
  const flow = await openClaimPages();
  const awardId = await flow.issue();
  const say = pageTexts.en;
  const learner = await newVisitor();
  const { page } = learner;
  const pressed = (name: string) => page.getByRole('button', { name }).click();
  await page.goto(await flow.linkOf(awardId));
  await pressed(say.startButton);
  await page.getByLabel(say.codeLabel).fill(mailedCode(flow));
  await pressed(say.codeButton);
  await page.getByRole('heading', { name: say.awardsTitle }).waitFor();
  const awards = page.url();
  await pressed(say.awardAdd);
  await pressed('Nguyễn Thị Minh Ánh');
  await pressed('Add to my wallet');
  await page.getByRole('heading', { name: 'Added to your wallet' }).waitFor();

  flow.advance({ minutes: 5 });
  await pollSubmissions(flow.context, { budgetMs: 5_000 });
  await page.goto(awards);
  expect(await page.locator('article').innerText()).toContain(say.standingAdded);
  await pressed(say.awardAddAgain);
  expect(await learner.heading()).toBe(say.againTitle);
  await learner.look('journey-en-5-again');
  await page.getByRole('link', { name: say.againBack }).click();
  await page.getByRole('heading', { name: say.awardsTitle }).waitFor();
  expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
});

test('a hostile name is read as the name that it is', patience, async () => {
  const hostile = 'Robert"); <b>DROP</b> \'&amp;';
  const flow = await openClaimPages({ brand: { name: 'Trường <i>Đại học</i> & "Ví dụ"' } });
  const awardId = await flow.issue({ credential: microcredential({ microcredential_name: hostile }) });
  const learner = await newVisitor();
  const { page } = learner;
  await page.goto(await flow.linkOf(awardId));
  await page.getByRole('button').click();
  await page.getByRole('textbox').fill(mailedCode(flow));
  await page.getByRole('button', { name: pageTexts.en.codeButton }).click();
  expect(await page.locator('article h2').innerText()).toBe(hostile);
  expect(await page.locator('header').innerText()).toBe('Trường <i>Đại học</i> & "Ví dụ"');
  expect(await page.locator('i, b, script').count()).toBe(0);
  await learner.look('hostile-name');
});
