import { chooseLocale } from '../languages/choose-locale.ts';
import { type Locale, locales } from '../languages/locale.ts';
import type { Visit } from './claim-desk.ts';

/** The cookie with the language that somebody chose on a page. */
export const languageCookie = 'claim-language';

/** The language of a page: chosen on it, chosen before, the person's own once that is known, the browser's, the issuer's. */
export function languageOf(visit: Visit, personLocale?: string): Locale {
  const { request, desk } = visit;
  return chooseLocale({
    asked: chosenLanguage(visit) ?? desk.cookies.read(request, languageCookie),
    recipient: personLocale,
    acceptLanguage: request.headers.get('accept-language') ?? undefined,
    fallback: desk.context.defaultLocale,
  });
}

/** The language that this very request asks for. */
export function chosenLanguage({ url }: Visit): Locale | undefined {
  const asked = url.searchParams.get('lang');
  return locales.find((locale) => locale === asked);
}
