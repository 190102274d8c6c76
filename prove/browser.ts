import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
const remedy = `No Chromium at ${executablePath}: run "apt-get install -y chromium", or name another one in CHROMIUM_PATH.`;

if (!present && process.env['CI']) throw new Error(remedy);
if (!present) console.warn(`Browser tests skipped. ${remedy}`);

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };
/** Narrowest width at which nothing may need scrolling sideways (WCAG 2.2, reflow). */
export const narrow = { width: 320, height: 700 };

const results = fileURLToPath(new URL('../e2e-results/', import.meta.url));

const axeOptions: RunOptions = {
  resultTypes: ['violations'],
  // Off by default in axe, though WCAG 2.2 AA.
  rules: { 'target-size': { enabled: true } },
};

/** How the visitors of a package are made. */
export interface Visits<V extends Visitor> {
  /** Of the pictures: `e2e-results/` and this name. */
  readonly folder: string;
  readonly visitor: new (page: Page, pictures: string) => V;
}

/**
 * A browser for the tests of one file; gives visitors, each with a profile of its own. Without Chromium the tests are skipped, except
 * in CI, where that is a failure.
 */
export function useBrowser<V extends Visitor>({
  folder,
  visitor: SomeVisitor,
}: Visits<V>): (options?: BrowserContextOptions) => Promise<V> {
  const pictures = join(results, folder);
  let browser: Browser | undefined;
  beforeEach((context) => context.skip(!present, remedy));
  beforeAll(async () => {
    if (!present) return;
    await mkdir(pictures, { recursive: true });
    browser = await chromium.launch({
      executablePath,
      args: [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterAll(() => browser?.close());
  return async (options = {}) => {
    if (browser === undefined) throw new Error(remedy);
    const context = await browser.newContext({ viewport: phone, reducedMotion: 'reduce', ...options });
    onTestFinished(() => context.close());
    return new SomeVisitor(await context.newPage(), pictures);
  };
}

/** Somebody with a browser of their own. */
export class Visitor {
  readonly page: Page;
  /** What went wrong inside the pages: broken policy, script errors. */
  readonly complaints: string[] = [];
  /** Requests to hosts other than this machine. */
  readonly strangers: string[] = [];
  readonly #pictures: string;

  constructor(page: Page, pictures: string) {
    this.page = page;
    this.#pictures = pictures;
    page.on('console', (message) => {
      // An error status of a page is not an error of the page.
      const aboutStatus = message.text().includes('the server responded with a status of');
      if (message.type() === 'error' && !aboutStatus) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') this.strangers.push(request.url());
    });
  }

  /**
   * Looks at the page as it stands: no accessibility violation in light and in dark, nothing to scroll sideways at 320 pixels, one `h1`,
   * no complaint of the browser, no request to another host. Throws with all that is wrong. Leaves two pictures.
   */
  async look(name: string): Promise<void> {
    const { page } = this;
    const wrong: string[] = [];
    await page.evaluate(axe.source);
    for (const [colorScheme, size] of [
      ['light', phone],
      ['dark', desktop],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      wrong.push(...(await violations(page)).map((violation) => `${colorScheme}: ${violation}`));
      await page.setViewportSize(size);
      await this.picture(`${name}-${colorScheme}`);
    }
    const headings = await page.locator('h1:visible').count();
    if (headings !== 1) wrong.push(`${headings} main headings`);
    await page.setViewportSize(narrow);
    const sideways = await this.sideways();
    if (sideways > 0) wrong.push(`${sideways} pixels to scroll sideways`);
    await page.setViewportSize(phone);
    wrong.push(...this.complaints, ...this.strangers.map((url) => `asks for ${url}`));
    if (wrong.length > 0) throw new Error(`The page "${name}" is not right:\n${wrong.join('\n')}`);
  }

  /** Leaves a picture of the whole page, or of another tab of this visitor. */
  async picture(name: string, page: Page = this.page): Promise<void> {
    await page.screenshot({ path: join(this.#pictures, `${name}.png`), fullPage: true });
  }

  /**
   * Accessibility violations of the page as it stands, in words: of the parts that `within` selects, and without the rules that somebody
   * else's frame breaks.
   */
  async violations(within?: string, leftOut: readonly string[] = []): Promise<readonly string[]> {
    await this.page.evaluate(axe.source);
    return violations(this.page, within, leftOut);
  }

  /** How many pixels are to be scrolled sideways. */
  async sideways(): Promise<number> {
    const pixels: unknown = await this.page.evaluate(
      '(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.documentElement)',
    );
    return Number(pixels);
  }

  /** The visible main heading. */
  heading(): Promise<string> {
    return this.page.locator('h1:visible').innerText();
  }

  /** Does what leads to another document and waits for it, also when it has the same address. */
  async go(leave: () => Promise<void>): Promise<void> {
    await this.page.evaluate('document.documentElement.setAttribute("data-left", "")');
    await leave();
    await this.page.locator('html:not([data-left])').waitFor({ state: 'attached' });
    await this.page.waitForLoadState();
  }
}

async function violations(
  page: Page,
  within?: string,
  leftOut: readonly string[] = [],
): Promise<readonly string[]> {
  const rules = {
    ...axeOptions.rules,
    ...Object.fromEntries(leftOut.map((rule) => [rule, { enabled: false }])),
  };
  const place = within === undefined ? 'document' : JSON.stringify(within);
  const found: AxeResults = await page.evaluate(
    `axe.run(${place}, ${JSON.stringify({ ...axeOptions, rules })})`,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} (${node.failureSummary ?? ''})`),
  );
}
