import type { Locale } from '../languages/locale.ts';
import { en } from './languages/en.ts';
import { id } from './languages/id.ts';
import { ms } from './languages/ms.ts';
import { th } from './languages/th.ts';
import { vi } from './languages/vi.ts';
import { zhHant } from './languages/zh-hant.ts';

/** The words of mails in one language: a missing or unknown one does not compile. */
export type MailTexts = Readonly<Record<keyof typeof en, string>>;

/** Every language that mails speak. */
export const mailTexts: Readonly<Record<Locale, MailTexts>> = { en, id, th, 'zh-Hant': zhHant, vi, ms };
