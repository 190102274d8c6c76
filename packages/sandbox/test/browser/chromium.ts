import * as browser from '@seek-pass-kit/prove/browser';
import type { Locator } from 'playwright-core';

/** A browser for the tests of one file. */
export function useBrowser() {
  return browser.useBrowser({ folder: 'sandbox', visitor: Visitor });
}

/** Somebody at the pages of the wallet, the inbox or the control panel. */
export class Visitor extends browser.Visitor {
  /** Presses a button and waits for the page it leads to. */
  press(name: string | RegExp): Promise<void> {
    return this.click(this.page.getByRole('button', { name, exact: typeof name === 'string' }));
  }

  /** Follows a link of this tab and waits for the page it leads to. */
  follow(name: string): Promise<void> {
    return this.click(this.page.getByRole('link', { name, exact: true }));
  }

  /** Logs in as the persona of this name. */
  logInAs(fullName: string): Promise<void> {
    return this.click(this.page.getByRole('button', { name: fullName }));
  }

  /** Clicks and waits for the page it leads to. */
  async click(target: Locator): Promise<void> {
    await target.waitFor();
    await this.go(() => target.click());
  }
}
