import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
const remedy = `No Chromium at ${executablePath}: run "apt-get install -y chromium", or name another one in CHROMIUM_PATH.`;

if (!present && process.env['CI']) throw new Error(remedy);
if (!present) console.warn(`Browser tests skipped. ${remedy}`);

const pictures = fileURLToPath(new URL('../../../../e2e-results/cli/', import.meta.url));
const phone = { width: 390, height: 844 };

/** Opens pages, each with a browser profile of its own. Without Chromium the tests are skipped, except in CI, where that is a failure. */
export function useBrowser(): () => Promise<Page> {
  let browser: Browser | undefined;
  beforeEach((context) => context.skip(!present, remedy));
  beforeAll(async () => {
    if (!present) return;
    await mkdir(pictures, { recursive: true });
    const args = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser?.close());
  return async () => {
    if (browser === undefined) throw new Error(remedy);
    const context = await browser.newContext({ viewport: phone, reducedMotion: 'reduce' });
    onTestFinished(() => context.close());
    return context.newPage();
  };
}

/** Leaves a picture of the whole page in `e2e-results/cli/`. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${pictures}${name}.png`, fullPage: true });
}
