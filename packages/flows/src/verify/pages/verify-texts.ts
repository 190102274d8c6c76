import type { Locale } from '../../languages/locale.ts';
import { type Html, phrase } from '../../pages/html.ts';
import { institutionIn, type Pen } from '../../pages/layout.ts';
import { en } from './languages/en.ts';
import { id } from './languages/id.ts';
import { ms } from './languages/ms.ts';
import { th } from './languages/th.ts';
import { vi } from './languages/vi.ts';
import { zhHant } from './languages/zh-hant.ts';

export type VerifyTextKey = keyof typeof en;

/** The words of the verify pages in one language: a missing or unknown key does not compile. */
export type VerifyTexts = Readonly<Record<VerifyTextKey, string>>;

/** Every language that the pages speak. */
export const verifyTexts: Readonly<Record<Locale, VerifyTexts>> = { en, id, th, 'zh-Hant': zhHant, vi, ms };

/** A text in the language of the page, with the name of the institution filled in. */
export function told(pen: Pen, key: VerifyTextKey): Html {
  return phrase(verifyTexts[pen.frame.locale][key], { institution: institutionIn(pen) });
}
