import { Visitor } from '@seek-pass-kit/prove/browser';
import type { Locator } from 'playwright-core';
import type { RunningCampus } from './running-campus.ts';

// Tall: Strapi scrolls inside its frame, and a picture shall show all of it.
const desktop = { width: 1280, height: 2000 };
const phone = { width: 390, height: 3600 };

/** Rules that a part of Strapi's own design system breaks inside our pages, and where. */
const brokenByStrapi: readonly string[] = [];

/** A member of staff in Strapi's administration. */
export class Registrar extends Visitor {
  async logIn({ url, email, password }: RunningCampus): Promise<void> {
    const { page } = this;
    // The guided tour lies over everything.
    await page.addInitScript(() => {
      localStorage.setItem('STRAPI_GUIDED_TOUR', JSON.stringify({ enabled: false }));
    });
    await page.goto(`${url}/admin`);
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: false }).first().fill(password);
    await page.getByRole('button', { name: 'Login' }).click();
    await page.getByRole('link', { name: 'Content Manager' }).first().waitFor();
  }

  /** Looks at our part of the page: no accessibility violation in light and in dark, nothing cut off on a phone. Leaves pictures. */
  async lookAt(name: string, part = 'main', smallest = phone): Promise<void> {
    const { page } = this;
    const wrong: string[] = [];
    for (const [colorScheme, size] of [
      ['dark', smallest],
      ['light', desktop],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      wrong.push(...(await this.violations(part, brokenByStrapi)).map((fault) => `${colorScheme}: ${fault}`));
      await this.picture(`${name}-${colorScheme}`);
    }
    if (wrong.length > 0) throw new Error(`"${name}" is not right:\n${wrong.join('\n')}`);
  }

  /** Looks at our panel beside an entry, or at its dialog. Strapi builds the page anew when it becomes narrow, which closes both. */
  async lookBesideEntry(name: string, part = 'section[aria-labelledby]:has(h3)'): Promise<void> {
    await this.lookAt(name, part, desktop);
  }

  async choose(field: string, option: string | RegExp): Promise<void> {
    await this.page.getByRole('combobox', { name: field }).click();
    await this.page.getByRole('option', { name: option }).click();
  }

  /** Goes on with the tab key until something has the focus, as somebody without a mouse would. */
  async tabTo(target: Locator): Promise<void> {
    for (let pressed = 0; pressed < 150; pressed += 1) {
      if (await isFocused(target)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error('The tab key does not lead there.');
  }

  async hasFocus(target: Locator): Promise<void> {
    await target.and(this.page.locator(':focus')).waitFor();
  }

  async told(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).first().waitFor();
  }
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}
