import { useBrowser, Visitor } from '@seek-pass-kit/prove/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningCampus, startCampus } from './running-campus.ts';

/** A browser and a Strapi that fills its site, on a machine that may be busy. */
const patience = 180_000;

/** A member of staff in Strapi's administration. */
class Registrar extends Visitor {
  async logIn(): Promise<void> {
    const { page } = this;
    // The guided tour lies over everything.
    await page.addInitScript(() => {
      localStorage.setItem('STRAPI_GUIDED_TOUR', JSON.stringify({ enabled: false }));
    });
    await page.goto(`${campus.url}/admin`);
    await page.getByLabel('Email').fill(campus.email);
    await page.getByLabel('Password', { exact: false }).first().fill(campus.password);
    await page.getByRole('button', { name: 'Login' }).click();
    await page.getByRole('link', { name: 'Content Manager' }).first().waitFor();
  }
}

const newRegistrar = useBrowser({ folder: 'strapi', visitor: Registrar });
let campus: RunningCampus;
beforeAll(async () => {
  campus = await startCampus();
}, patience);
afterAll(() => campus?.close(), patience);

test('staff find the plugin in the menu', { timeout: patience }, async () => {
  const staff = await newRegistrar({ viewport: { width: 1280, height: 900 } });
  await staff.logIn();
  await staff.page.getByRole('link', { name: 'SEEK Pass' }).first().click();
  await staff.page.getByRole('heading', { level: 1 }).first().waitFor();
  await staff.picture('01-plugin');
  expect(staff.strangers).toEqual([]);
});
