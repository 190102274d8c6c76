import { useBrowser } from '@seek-pass-kit/prove/browser';
import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Registrar } from './registrar.ts';
import { type RunningCampus, startCampus } from './running-campus.ts';

/** A browser and a Strapi that fills its site, on a machine that may be busy. */
const patience = 180_000;

const newRegistrar = useBrowser({ folder: 'strapi', visitor: Registrar });
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
