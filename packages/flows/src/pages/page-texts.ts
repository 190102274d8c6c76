import type { Locale } from '../languages/locale.ts';
import { type Html, type HtmlValue, phrase } from './html.ts';
import { en } from './languages/en.ts';
import { id } from './languages/id.ts';
import { ms } from './languages/ms.ts';
import { th } from './languages/th.ts';
import { vi } from './languages/vi.ts';
import { zhHant } from './languages/zh-hant.ts';

type English = typeof en;
export type TextKey = keyof English;

/** The words of the claim pages in one language: a missing or unknown key does not compile. */
export type PageTexts = Readonly<Record<TextKey, string>>;

type PlaceholdersOf<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholdersOf<Rest>
  : never;

type ValuesFor<Key extends TextKey> = Readonly<Record<PlaceholdersOf<English[Key]>, HtmlValue>>;

/** Gives a text of one language with its placeholders filled in, escaped. */
export type Say = <Key extends TextKey>(
  key: Key,
  ...values: PlaceholdersOf<English[Key]> extends never ? [] : [ValuesFor<Key>]
) => Html;

/** Every language that the pages speak. */
export const pageTexts: Readonly<Record<Locale, PageTexts>> = {
  en,
  id,
  th,
  'zh-Hant': zhHant,
  vi,
  ms,
};

/** The voice of one language. */
export function speaking(locale: Locale): Say {
  const texts = pageTexts[locale];
  return (key, ...values) => phrase(texts[key], values[0] ?? {});
}
