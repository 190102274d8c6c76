import { type Locale, locales } from '../languages/locale.ts';
import type { Visit } from './claim-desk.ts';

/** The cookie with the language that somebody chose on a page. */
export const languageCookie = 'claim-language';

/** The language of a page: chosen on it, chosen before, the person's own once that is known, the browser's, the issuer's. */
export function languageOf(visit: Visit, personLocale?: string): Locale {
  const { request, desk } = visit;
  return (
    chosenLanguage(visit) ??
    exactly(desk.cookies.read(request, languageCookie)) ??
    nearest(personLocale) ??
    accepted(request.headers.get('accept-language') ?? '') ??
    nearest(desk.context.defaultLocale) ??
    'en'
  );
}

/** The language that this very request asks for. */
export function chosenLanguage({ url }: Visit): Locale | undefined {
  return exactly(url.searchParams.get('lang'));
}

function exactly(text: string | null | undefined): Locale | undefined {
  return locales.find((locale) => locale === text);
}

function accepted(header: string): Locale | undefined {
  const wanted = header
    .slice(0, 500)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wanted) {
    const locale = nearest(tag);
    if (locale !== undefined) return locale;
  }
  return undefined;
}

/** `zh-TW`, `zh-HK` and plain `zh` read the traditional script best of what there is. */
function nearest(tag: string | undefined): Locale | undefined {
  const language = tag?.toLowerCase().split(/[-_]/)[0];
  return locales.find((locale) => locale.split('-')[0] === language);
}
