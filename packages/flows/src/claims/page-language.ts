import { chooseLocale } from '../languages/choose-locale.ts';
import { type Locale, locales } from '../languages/locale.ts';
import type { PageVisit } from './page-desk.ts';

/** The cookie with the language that somebody chose on a page. */
export const languageCookie = 'claim-language';

/** The language of a page: chosen on it, chosen before, the person's own once that is known, the browser's, the issuer's. */
export function languageOf(visit: PageVisit, personLocale?: string): Locale {
  const { request, desk } = visit;
  return chooseLocale({
    asked: chosenLanguage(visit) ?? desk.cookies.read(request, languageCookie),
    recipient: personLocale,
    acceptLanguage: request.headers.get('accept-language') ?? undefined,
    fallback: desk.context.defaultLocale,
  });
}

/** The language that this very request asks for. */
export function chosenLanguage({ url }: PageVisit): Locale | undefined {
  const asked = url.searchParams.get('lang');
  return locales.find((locale) => locale === asked);
}
