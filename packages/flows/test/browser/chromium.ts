import * as browser from '@seek-pass-kit/prove/browser';

/** A browser for the tests of one file. */
export function useBrowser() {
  return browser.useBrowser({ folder: 'flows', visitor: Visitor });
}

/** A learner at the keyboard. */
export class Visitor extends browser.Visitor {
  /** Presses Tab until it is on something that begins with this text, as its own words or its label. */
  async tabTo(text: string): Promise<void> {
    for (let presses = 0; presses < 40; presses += 1) {
      await this.page.keyboard.press('Tab');
      const focused: unknown = await this.page.evaluate(
        '(({ innerText, labels }) => innerText || labels?.[0]?.innerText || "")(document.activeElement)',
      );
      if (String(focused).startsWith(text)) return;
    }
    throw new Error(`Tab never reaches "${text}".`);
  }

  /** Presses a key on what has the keyboard and waits for the document it leads to. */
  press(key: 'Enter' | 'Space'): Promise<void> {
    return this.go(() => this.page.keyboard.press(key));
  }
}
