import { type Locale, locales } from './locale.ts';

/** Where a wish for a language can come from. What is not understood counts as not given. */
export interface LocaleWishes {
  /** What the person picked on a page. */
  readonly asked?: string | undefined;
  /** What the institution has on record for the recipient. */
  readonly recipient?: string | undefined;
  /** The browser's `Accept-Language` header. */
  readonly acceptLanguage?: string | undefined;
  /** The issuer's. */
  readonly fallback: string;
}

/** The language for a page or a mail: the first wish that we speak, in the order of {@link LocaleWishes}; `en` when there is none. */
export function chooseLocale({ asked, recipient, acceptLanguage, fallback }: LocaleWishes): Locale {
  const wishes = [asked, recipient, ...acceptedTags(acceptLanguage ?? ''), fallback];
  for (const tag of wishes) {
    const locale = tag === undefined ? undefined : nearestLocale(tag);
    if (locale !== undefined) return locale;
  }
  return 'en';
}

/**
 * The language of ours that readers of a BCP 47 tag understand, if any. Regions and scripts do not matter: every Chinese gets
 * the traditional characters, the only ones we have. Old codes (`in`, `iw`) and `_` for `-` are understood.
 */
export function nearestLocale(tag: string): Locale | undefined {
  // Most wishes are one of ours as it stands, and Intl takes longer than the rest of a page.
  const same = locales.find((locale) => locale === tag);
  if (same !== undefined) return same;
  const language = languageOf(tag);
  return locales.find((locale) => locale === language || (language === 'zh' && locale === 'zh-Hant'));
}

function languageOf(tag: string): string | undefined {
  if (tag.length > longestTag) return undefined;
  try {
    return new Intl.Locale(tag.replaceAll('_', '-')).language;
  } catch {
    return undefined;
  }
}

const longestTag = 35;
const mostTags = 20;

/** The tags of the header, dearest first. */
function acceptedTags(header: string): string[] {
  return header
    .slice(0, longestTag * mostTags)
    .split(',')
    .flatMap((item) => {
      const [tag = '', ...parameters] = item.split(';').map((part) => part.trim());
      const quality = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
      const weight = quality === undefined ? 1 : Number(quality);
      return tag !== '' && weight > 0 && weight <= 1 ? [{ tag, weight }] : [];
    })
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}
