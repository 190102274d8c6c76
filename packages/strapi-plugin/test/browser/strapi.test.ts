import { useBrowser, Visitor } from '@seek-pass-kit/prove/browser';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Registrar } from './registrar.ts';
import { type RunningCampus, startCampus } from './running-campus.ts';

/** A browser and a Strapi that fills its site, on a machine that may be busy. */
const patience = 180_000;

const newRegistrar = useBrowser({ folder: 'strapi', visitor: Registrar });
const newLearner = useBrowser({ folder: 'strapi', visitor: Visitor });
let campus: RunningCampus;
beforeAll(async () => {
  campus = await startCampus();
}, patience);
afterAll(() => campus?.close(), patience);

const desktop = { viewport: { width: 1280, height: 900 } };
/** Of whoever logged in: Strapi lets nobody log in often. */
let session: BrowserContextOptions['storageState'];

const completions = 'content-manager/collection-types/api::completion.completion';

/** A member of staff who is logged in, on a page of the administration. */
async function atWork(path: string): Promise<Registrar> {
  const staff = await newRegistrar(session === undefined ? desktop : { ...desktop, storageState: session });
  staff.page.setDefaultTimeout(25_000);
  if (session === undefined) await staff.logIn(campus);
  session = await staff.page.context().storageState();
  await staff.page.goto(`${campus.url}/admin/${path}`);
  return staff;
}

/** On the page of Suharto's completion. */
async function atSuharto(): Promise<Registrar> {
  const staff = await atWork(`${completions}?page=1&pageSize=10&_q=26000001`);
  await staff.page.getByRole('gridcell', { name: '2026/SQL/26000001' }).click();
  await panel(staff).waitFor();
  return staff;
}

/** What our panel beside an entry says and offers. */
const panel = ({ page }: Registrar) => page.getByRole('region', { name: 'Short course' });

function nothingStrange({ strangers, complaints }: Registrar): void {
  expect(strangers).toEqual([]);
  expect(complaints).toEqual([]);
}

test('staff connect the site to SEEK Pass, and test the connection', { timeout: patience }, async () => {
  const staff = await atWork('settings/seek-pass/connection');
  const { page } = staff;
  await staff.told('Not connected');
  await staff.choose('Environment', /Sandbox/);
  await page.getByLabel('Address of SEEK Pass').fill(campus.sandbox.baseUrl);
  await page.getByLabel('Client id').fill(campus.sandbox.clientId);
  await page.getByLabel('Client secret').fill(campus.sandbox.clientSecret);
  await page.getByLabel('Name of the institution').fill('Banksia Skills');
  await staff.lookAt('01-not-connected');
  await page.getByRole('button', { name: 'Save' }).click();
  await staff.told('Connected to SEEK Pass (sandbox)');
  await page.getByRole('button', { name: 'Test now' }).click();
  await page.getByRole('row', { name: /SEEK Pass Works/ }).waitFor();
  await staff.lookAt('02-connection');
  expect(await page.getByRole('row', { name: /Does not work/ }).count()).toBe(0);
  expect(await page.content()).not.toContain(campus.sandbox.clientSecret);
  nothingStrange(staff);
});

test('staff map completions to microcredentials, and see what an entry becomes', {
  timeout: patience,
}, async () => {
  const staff = await atWork('settings/seek-pass/mappings');
  const { page } = staff;
  await staff.told('There is no mapping yet');
  await page.getByRole('link', { name: 'New mapping' }).click();
  await page.getByLabel('Title').fill('Short course');
  await page.getByLabel('Entries of').selectOption({ label: 'Completion' });
  await page.getByLabel('Becomes a credential of the type').selectOption('microcredential');
  await page.getByLabel('Find a published entry').fill('26000001');
  await page.getByLabel('Entry', { exact: true }).selectOption({ label: '2026/SQL/26000001' });
  await staff.told('This entry can be issued.');
  await staff.lookAt('03-mapping');
  await page.getByRole('button', { name: 'Save' }).click();
  const mapping = page.getByRole('row', { name: /Short course.*On/ });
  await mapping.waitFor();
  expect(await mapping.count()).toBe(1);
  await staff.lookAt('04-mappings');
  nothingStrange(staff);
});

test('staff issue one credential with the keyboard alone, after they saw what SEEK Pass will display', {
  timeout: patience,
}, async () => {
  const staff = await atSuharto();
  const { page } = staff;
  await staff.picture('05-entry');
  await staff.tabTo(panel(staff).getByRole('button', { name: 'Issue to SEEK Pass' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Issue to SEEK Pass' });
  await dialog.getByText('A new credential.').waitFor();
  expect(await dialog.innerText()).toMatch(/SEEK Pass will display[^]*Data Analysis with SQL/);
  await staff.lookBesideEntry('06-issue', '[role=dialog]');
  await page.keyboard.press('Escape');
  await staff.hasFocus(panel(staff).getByRole('button', { name: 'Issue to SEEK Pass' }));
  await page.keyboard.press('Enter');
  await dialog.getByText('A new credential.').waitFor();
  await staff.tabTo(dialog.getByRole('button', { name: 'Issue', exact: true }));
  await page.keyboard.press('Enter');
  await panel(staff).getByText('Waiting for the learner').waitFor();
  await dialog.waitFor({ state: 'detached' });
  await staff.picture('07-issued');
  nothingStrange(staff);
});

test('the learner adds it with the link and the code that were mailed, and staff see that it was added', {
  timeout: patience,
}, async () => {
  const learner = await newLearner(desktop);
  const inbox = learner.page;
  const { inboxUrl } = campus.sandbox;
  await openMail(inbox, inboxUrl, /Banksia Skills/);
  const opened = inbox.context().waitForEvent('page');
  await inbox.frameLocator('iframe').locator('a[href*="/claim/"]').first().click();
  const page = await opened;
  await page.getByRole('button', { name: 'E-mail me a code' }).click();
  await page.getByRole('heading', { name: 'Type in your code' }).waitFor();
  await openMail(inbox, inboxUrl, /code/i);
  const text = await inbox.getByRole('region', { name: 'As text' }).innerText();
  await page.getByLabel('Code from the e-mail').fill(/\b\d{6,8}\b/.exec(text)?.[0] ?? '');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Your credentials' }).waitFor();
  expect(await page.getByRole('main').innerText()).toContain('Data Analysis with SQL');
  await learner.picture('08-claim-page', page);
  await page.getByRole('button', { name: 'Add to SEEK Pass' }).click();
  await page.getByRole('button', { name: 'Suharto' }).click();
  await page.getByRole('button', { name: 'Add to my wallet' }).click();
  await page.getByRole('heading', { name: 'Added to your wallet' }).waitFor();

  const staff = await atSuharto();
  await panel(staff).getByText('Added', { exact: true }).waitFor();
  await staff.lookBesideEntry('09-added');
  await staff.page.goto(`${campus.url}/admin/${completions}?page=1&pageSize=10&_q=26000001`);
  await staff.page.getByRole('row', { name: /26000001.*Added/ }).waitFor();
  await staff.picture('10-list');
  nothingStrange(staff);
});

test('staff withdraw with a typed word, and are told that the copy in the wallet stays', {
  timeout: patience,
}, async () => {
  const staff = await atSuharto();
  const { page } = staff;
  await panel(staff).getByRole('button', { name: 'Withdraw' }).click();
  const dialog = page.getByRole('dialog', { name: 'Withdraw “Short course”?' });
  await dialog.getByText('stays there. Nobody can recall it').waitFor();
  await page.keyboard.press('Escape');
  await staff.hasFocus(panel(staff).getByRole('button', { name: 'Withdraw' }));
  await page.keyboard.press('Enter');
  await staff.choose('Reason', 'issued in error');
  expect(await dialog.getByRole('button', { name: 'Withdraw' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Type “withdraw” to confirm').fill('withdraw');
  await staff.lookBesideEntry('11-withdraw', '[role=dialog]');
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await staff.told('The credential stays in the learner’s SEEK Pass: ask them to delete it.');
  await panel(staff).getByText('It is in the learner’s SEEK Pass all the same.').waitFor();
  await staff.lookBesideEntry('12-withdrawn');
  nothingStrange(staff);
});

test('what staff publish while a rule is on, and it cannot issue, waits under Approvals', {
  timeout: patience,
}, async () => {
  const staff = await atWork('settings/seek-pass/automation');
  const { page } = staff;
  await page.getByRole('checkbox', { name: 'Issue automatically' }).click();
  await page.getByRole('button', { name: 'Count entries' }).click();
  await staff.told('108 published entries are like this');
  await staff.lookAt('13-automation');
  await page.getByRole('button', { name: 'Save' }).click();
  await staff.told('The rule is saved.');
  await page.goto(`${campus.url}/admin/${completions}?page=1&pageSize=10&_q=26000010`);
  await page.getByRole('gridcell', { name: '2026/WEB/26000010' }).click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await staff.told('Published document');
  await expect
    .poll(
      async () => {
        await page.goto(`${campus.url}/admin/plugins/seek-pass/approvals`);
        await page.getByRole('heading', { name: 'Approvals' }).waitFor();
        return page.getByRole('main').innerText();
      },
      { timeout: 30_000, interval: 1_000 },
    )
    .toContain('26000010');
  await staff.lookAt('14-approvals');
  nothingStrange(staff);
});

/** Opens the newest mail to Suharto as soon as the inbox has one with this subject: its list renews itself. */
async function openMail(inbox: Page, inboxUrl: string, subject: RegExp): Promise<void> {
  await inbox.goto(inboxUrl);
  await inbox
    .getByRole('link', { name: 'suharto@learners.example' })
    .filter({ hasText: subject })
    .first()
    .click();
  await inbox.getByRole('heading', { name: 'As text' }).waitFor();
}
