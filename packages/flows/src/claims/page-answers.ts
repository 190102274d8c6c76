import { type Locale, locales } from '../languages/locale.ts';
import type { PageFrame } from '../pages/claim-page.ts';
import type { NewCookie } from './cookies.ts';
import type { PageDesk, PageVisit } from './page-desk.ts';
import { chosenLanguage, languageCookie, languageOf } from './page-language.ts';

/** What an answer has besides its page. */
export interface AnswerExtras {
  /** Default 200, or the one of the page. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly NewCookie[];
  /** Where the same contents can be read again in another language. Absent: nowhere. */
  readonly here?: string;
  /** Of the proven person. */
  readonly personLocale?: string | undefined;
}

/** Answers with a page, in the language of the visit. */
export function htmlAnswer(
  visit: PageVisit,
  render: (frame: PageFrame) => string,
  { status = 200, headers, cookies = [], here, personLocale }: AnswerExtras,
): Response {
  const { desk, request } = visit;
  const locale = languageOf(visit, personLocale);
  const body = render({
    brand: desk.context.brand,
    locale,
    ...(desk.logoPath === undefined ? {} : { logoPath: desk.logoPath }),
    languages: here === undefined ? [] : languageLinks(here),
  });
  const chosen = chosenLanguage(visit);
  return new Response(request.method === 'HEAD' ? null : body, {
    status,
    headers: headersWith(
      desk,
      {
        'content-type': 'text/html; charset=utf-8',
        'content-language': locale,
        vary: 'Accept-Language, Cookie',
        ...headers,
      },
      [...cookies, ...(chosen === undefined ? [] : [languageChosen(chosen)])],
    ),
  });
}

/** Sends the browser on with a GET: to another of our pages, to the host, to SEEK Pass. */
export function seeOther(
  { desk }: PageVisit,
  location: string,
  cookies: readonly NewCookie[] = [],
): Response {
  return new Response(null, { status: 303, headers: headersWith(desk, { location }, cookies) });
}

/** The logo may be kept for good under the path that has its hash; under any other it is asked for again. Absent: there is none. */
export function logoAnswer({ desk, request, url }: PageVisit): Response | undefined {
  const { logo } = desk.context.brand;
  if (logo === undefined) return undefined;
  const named = `${url.pathname}${url.search}` === desk.logoPath;
  return new Response(request.method === 'HEAD' ? null : Uint8Array.from(logo.bytes), {
    headers: headersWith(desk, {
      'content-type': logo.type,
      'cache-control': named ? 'public, max-age=31536000, immutable' : 'no-cache',
    }),
  });
}

/** The headers of security rule 6, and more. */
function headersWith(
  { headers, cookies: jar }: PageDesk,
  more: Readonly<Record<string, string>>,
  cookies: readonly NewCookie[] = [],
): Headers {
  const all = new Headers({ ...headers, ...more });
  for (const cookie of cookies) all.append('set-cookie', jar.write(cookie));
  return all;
}

function languageLinks(here: string): { locale: Locale; href: string }[] {
  const joint = here.includes('?') ? '&' : '?';
  return locales.map((locale) => ({ locale, href: `${here}${joint}lang=${locale}` }));
}

function languageChosen(locale: Locale): NewCookie {
  return { name: languageCookie, value: locale, maxAgeSeconds: 365 * 24 * 3_600 };
}
