import type { NewCookie } from '../claims/cookies.ts';
import { languageCookie } from '../claims/page-language.ts';
import { chooseLocale } from '../languages/choose-locale.ts';
import { type Locale, locales } from '../languages/locale.ts';
import { renderVerifyPage } from './pages/render-verify-page.ts';
import type { VerifyPage } from './pages/verify-page.ts';
import type { VerifyDesk, VerifyVisit } from './verify-desk.ts';

/** What an answer has besides its page. */
export interface VerifyAnswerExtras {
  /** Default: the one of the page. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly NewCookie[];
  /** Where the same contents can be read again in another language. Absent: nowhere. */
  readonly here?: string;
}

const pageStatus: Readonly<Record<VerifyPage['page'], number>> = {
  start: 200,
  waiting: 200,
  confirmed: 200,
  somebody_else: 200,
  looked_at: 200,
  canceled: 200,
  unfinished: 200,
  elsewhere: 200,
  over: 410,
  used: 410,
  unknown_link: 404,
  foreign_form: 403,
  unavailable: 503,
  rejected: 409,
  too_many: 429,
  ours: 500,
};

/** Answers with a page. */
export function verifyAnswer(
  visit: VerifyVisit,
  page: VerifyPage,
  { status, headers, cookies = [], here }: VerifyAnswerExtras = {},
): Response {
  const { desk, request, url } = visit;
  const { brand, defaultLocale } = desk.context;
  const chosen = locales.find((locale) => locale === url.searchParams.get('lang'));
  const locale = chooseLocale({
    asked: chosen ?? desk.cookies.read(request, languageCookie),
    acceptLanguage: request.headers.get('accept-language') ?? undefined,
    fallback: defaultLocale,
  });
  const body = renderVerifyPage(page, {
    brand,
    locale,
    ...(desk.logoPath === undefined ? {} : { logoPath: desk.logoPath }),
    languages:
      here === undefined ? [] : locales.map((other) => ({ locale: other, href: `${here}?lang=${other}` })),
  });
  const remembered = chosen === undefined ? [] : [languageChosen(chosen)];
  return new Response(request.method === 'HEAD' ? null : body, {
    status: status ?? pageStatus[page.page],
    headers: verifyHeaders(
      desk,
      {
        'content-type': 'text/html; charset=utf-8',
        'content-language': locale,
        vary: 'Accept-Language, Cookie',
        ...headers,
      },
      [...cookies, ...remembered],
    ),
  });
}

/** Sends the browser on with a GET: to another of our pages, to the host, to SEEK Pass. */
export function sendOn(
  { desk }: VerifyVisit,
  location: string,
  cookies: readonly NewCookie[] = [],
): Response {
  return new Response(null, { status: 303, headers: verifyHeaders(desk, { location }, cookies) });
}

/** The headers of security rule 6, and more. */
export function verifyHeaders(
  { headers, cookies: jar }: VerifyDesk,
  more: Readonly<Record<string, string>>,
  cookies: readonly NewCookie[] = [],
): Headers {
  const all = new Headers({ ...headers, ...more });
  for (const cookie of cookies) all.append('set-cookie', jar.write(cookie));
  return all;
}

function languageChosen(locale: Locale): NewCookie {
  return { name: languageCookie, value: locale, maxAgeSeconds: 365 * 24 * 3_600 };
}
