import { type Locale, locales } from '../languages/locale.ts';
import type { ClaimPage, ClaimProblem, PageForm } from '../pages/claim-page.ts';
import { renderClaimPage } from '../pages/render-claim-page.ts';
import type { ClaimDesk, Visit } from './claim-desk.ts';
import type { NewCookie } from './cookies.ts';
import { chosenLanguage, languageCookie, languageOf } from './page-language.ts';

/** What an answer has besides its page. */
export interface AnswerExtras {
  /** Default 200, or the one of the problem. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly NewCookie[];
  /** Where the same contents can be read again in another language. Absent: nowhere. */
  readonly here?: string;
  /** Of the proven person. */
  readonly personLocale?: string | undefined;
}

/** Answers with a page. */
export function pageAnswer(visit: Visit, page: ClaimPage, extras: AnswerExtras = {}): Response {
  const { desk, request } = visit;
  const locale = languageOf(visit, extras.personLocale);
  const body = renderClaimPage(page, {
    brand: desk.context.brand,
    locale,
    ...(desk.logoPath === undefined ? {} : { logoPath: desk.logoPath }),
    languages: extras.here === undefined ? [] : languageLinks(extras.here),
  });
  const chosen = chosenLanguage(visit);
  return new Response(request.method === 'HEAD' ? null : body, {
    status: extras.status ?? 200,
    headers: headersWith(
      desk,
      {
        'content-type': 'text/html; charset=utf-8',
        'content-language': locale,
        vary: 'Accept-Language, Cookie',
        ...extras.headers,
      },
      [...(extras.cookies ?? []), ...(chosen === undefined ? [] : [languageChosen(chosen)])],
    ),
  });
}

/** Sends the browser on to another of our pages. */
export function seeOther({ desk }: Visit, path: string, cookies: readonly NewCookie[] = []): Response {
  return new Response(null, { status: 303, headers: headersWith(desk, { location: path }, cookies) });
}

const problemStatus: Readonly<Record<ClaimProblem, number>> = {
  unknown_link: 404,
  newer_link: 410,
  link_expired: 403,
  withdrawn: 410,
  wrong_person: 403,
  guardian_needed: 403,
  unavailable: 503,
  paused: 409,
  rejected: 409,
  mail_failed: 503,
  too_many: 429,
  foreign_form: 403,
  ours: 500,
};

/** What a problem page has besides its words. */
export interface ProblemExtras extends AnswerExtras {
  readonly retry?: PageForm;
  readonly back?: string;
  readonly retryAfterMs?: number;
}

/** Answers with the page of a problem, and its status. */
export function problemAnswer(visit: Visit, problem: ClaimProblem, extras: ProblemExtras = {}): Response {
  const { retry, back, retryAfterMs, headers, ...rest } = extras;
  const page: ClaimPage = {
    page: 'problem',
    problem,
    ...(retry === undefined ? {} : { retry }),
    ...(back === undefined ? {} : { back }),
  };
  const wait =
    retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) };
  return pageAnswer(visit, page, {
    status: problemStatus[problem],
    ...rest,
    headers: { ...wait, ...headers },
  });
}

/** The headers of security rule 6, and more. */
export function headersWith(
  { headers, cookies: jar }: ClaimDesk,
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
