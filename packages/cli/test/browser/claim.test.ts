import { useBrowser, Visitor } from '@seek-pass-kit/prove/browser';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  learnersFile,
  type RunningProgram,
  seekPass,
  startSeekPass,
  temporaryFolder,
} from '../seek-pass-process.ts';

const newVisitor = useBrowser({ folder: 'cli', visitor: Visitor });
const learner = 'siobhan.osullivan@example.org';
const key = 'SQL-2025-001';

/** Reads what the program prints until the line that says that it waits. */
async function printed(program: RunningProgram): Promise<string> {
  let text = '';
  while (!text.includes('Ctrl+C')) text += `${await program.nextLine()}\n`;
  return text;
}

/** Opens the newest mail to an address as soon as the inbox of the sandbox has one with this subject: its list renews itself. */
async function openMail(inbox: Page, inboxUrl: string, address: string, subject: RegExp): Promise<void> {
  await inbox.goto(inboxUrl);
  await inbox.getByRole('link', { name: address }).filter({ hasText: subject }).first().click();
  await inbox.getByRole('heading', { name: 'As text' }).waitFor();
}

/** The digits of the mail that is open. */
async function codeInMail(inbox: Page): Promise<string> {
  const text = await inbox.getByRole('region', { name: 'As text' }).innerText();
  return /\b\d{6,8}\b/.exec(text)?.[0] ?? '';
}

/** A browser, a database and a dozen pages, on a machine that may be busy. */
const patience = { timeout: 180_000 };

test(
  'a newcomer follows what npm start prints: from the mail to "added" in seek-pass status',
  patience,
  async () => {
    const folder = await temporaryFolder();
    const program = startSeekPass(['try', learnersFile], { folder });
    const text = await printed(program);
    const [inboxUrl = '', claimLink = ''] =
      text.slice(text.indexOf('Now be the learner')).match(/https?:\S+/g) ?? [];

    const newcomer = await newVisitor();
    const inbox = newcomer.page;
    await openMail(inbox, inboxUrl, learner, /Wattle Bay/);
    await newcomer.picture('claim-1-mail');
    const opened = inbox.context().waitForEvent('page');
    await inbox.frameLocator('iframe').locator('a[href*="/claim/"]').first().click();
    const page = await opened;

    await page.getByRole('button', { name: 'E-mail me a code' }).click();
    await page.getByRole('heading', { name: 'Type in your code' }).waitFor();
    await newcomer.picture('claim-2-code', page);
    await openMail(inbox, inboxUrl, learner, /code/i);
    await page.getByLabel('Code from the e-mail').fill(await codeInMail(inbox));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Your credentials' }).waitFor();
    const shown = await page.locator('article').innerText();
    expect(shown).toContain("Siobhán O'Sullivan-Byrne");
    expect(shown).toContain('Data Analysis with SQL');
    await newcomer.picture('claim-3-credential', page);

    await page.getByRole('button', { name: 'Add to SEEK Pass' }).click();
    await page.getByRole('textbox', { name: 'E-mail address' }).waitFor();
    const walletLink = page.url();
    await page.getByRole('textbox', { name: 'E-mail address' }).fill('siobhan@example.net');
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
    await openMail(inbox, inboxUrl, 'siobhan@example.net', /./);
    await page.getByLabel('Code').fill(await codeInMail(inbox));
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'Add to my wallet' }).click();
    await page.getByRole('heading', { name: 'Added to your wallet' }).waitFor();
    await newcomer.picture('claim-4-added', page);

    await expect
      .poll(async () => (await seekPass(['status', key], { folder })).stdout, {
        timeout: 20_000,
        interval: 500,
      })
      .toContain('added: in the wallet');
    const { stdout } = await seekPass(['status', '--json'], { folder });
    expect(JSON.parse(stdout)).toMatchObject({ awards: { added: 1, ready: 48 } });

    const stranger = await newVisitor();
    const somebodyElse = stranger.page;
    await somebodyElse.goto(claimLink);
    expect(await somebodyElse.content()).not.toMatch(/Siobhán|SQL/);
    await somebodyElse.getByRole('button', { name: 'E-mail me a code' }).click();
    await somebodyElse.getByLabel('Code from the e-mail').fill('00000000');
    await somebodyElse.getByRole('button', { name: 'Continue' }).click();
    await somebodyElse.getByText('This code is not right.').waitFor();
    expect(await somebodyElse.content()).not.toMatch(/Siobhán|SQL/);
    await stranger.picture('claim-5-forwarded-link');

    await somebodyElse.goto(walletLink);
    await somebodyElse.getByRole('button', { name: 'Suharto' }).click();
    await somebodyElse.getByRole('heading', { name: 'This link belongs to another account' }).waitFor();
    await stranger.picture('claim-6-another-account');

    expect(await program.stop('SIGINT')).toBe(0);
  },
);
