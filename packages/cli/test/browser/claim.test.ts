import { expect, test } from 'vitest';
import { learnersFile, startSeekPass } from '../seek-pass-process.ts';
import type { RunningProgram } from '../seek-pass-process.ts';
import { takePicture, useBrowser } from './chromium.ts';

const newPage = useBrowser();

/** Reads what the program prints until the line that says that it waits. */
async function printed(program: RunningProgram): Promise<string> {
  let text = '';
  while (!text.includes('Ctrl+C')) text += `${await program.nextLine()}\n`;
  return text;
}

/** How the submissions stand, as the control panel knows it. */
async function statusesIn(controlUrl: string): Promise<readonly string[]> {
  const answer = await fetch(`${controlUrl}api/submissions`);
  return ((await answer.json()) as { status: string }[]).map(({ status }) => status);
}

test('a stranger follows what `seek-pass try` prints, from the link to "verified"', async () => {
  const program = startSeekPass(['try', learnersFile]);
  const text = await printed(program);
  const [link = '', inbox = '', control = ''] =
    text.slice(text.indexOf('Now be the learner')).match(/https?:\S+/g) ?? [];

  const page = await newPage();
  await page.goto(link);
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('siobhan@example.edu');
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
  await takePicture(page, 'claim-1-code');

  const mailbox = await page.context().newPage();
  await mailbox.goto(inbox);
  await mailbox.getByRole('link', { name: /siobhan@example\.edu/ }).click();
  const [code = ''] = /\d{6}/.exec(await mailbox.locator('pre').first().innerText()) ?? [];
  await takePicture(mailbox, 'claim-2-mail');

  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Add this credential?' }).waitFor();
  const shown = await page.locator('article').innerText();
  expect(shown).toContain("Siobhán O'Sullivan-Byrne");
  expect(shown).toContain('Data Analysis with SQL');
  await takePicture(page, 'claim-3-consent');

  await page.getByRole('button', { name: 'Add to my wallet' }).click();
  await page.getByRole('heading', { name: 'Added to your wallet' }).waitFor();
  await takePicture(page, 'claim-4-done');
  expect((await statusesIn(control)).filter((status) => status === 'verified')).toHaveLength(1);

  const somebodyElse = await newPage();
  await somebodyElse.goto(link);
  await somebodyElse.getByRole('button', { name: 'Suharto' }).click();
  await somebodyElse.getByRole('heading', { name: 'This link belongs to another account' }).waitFor();
  expect(await somebodyElse.content()).not.toContain('Siobhán');
  await takePicture(somebodyElse, 'claim-5-somebody-else');

  expect(await program.stop('SIGINT')).toBe(0);
});
