import { type Locale, locales } from '../languages/locale.ts';
import { formFields, type PageForm, type PageFrame } from './claim-page.ts';
import { type Html, html, type HtmlValue } from './html.ts';
import type { Say } from './page-texts.ts';
import { styleSheet } from './style-sheet.ts';

/** What a page is written with. */
export interface Pen {
  readonly say: Say;
  readonly frame: PageFrame;
}

/** One page before it gets its frame. */
export interface DrawnPage {
  /** Of the browser tab, and the only `h1`. */
  readonly title: Html;
  /** Something typed in was not accepted: the tab says so first. */
  readonly wrong?: boolean;
  readonly main: Html;
}

/** The name of the institution, kept apart from the writing direction around it. */
export function institutionIn({ frame }: Pen): Html {
  return html`<bdi>${frame.brand.name}</bdi>`;
}

/** The address for questions, as a link. */
export function helpEmailIn({ frame }: Pen): Html | undefined {
  const { helpEmail } = frame.brand;
  if (helpEmail === undefined) return undefined;
  // Local parts may hold "?" and "&", which would read as headers of the mail.
  const href = `mailto:${encodeURIComponent(helpEmail).replace('%40', '@')}`;
  return html`<a href="${href}">${helpEmail}</a>`;
}

/** A form of our own, with the token that proves it. */
export function formOf({ action, csrfToken }: PageForm, content: HtmlValue): Html {
  return html`<form method="post" action="${action}"><input type="hidden" name="${formFields.csrf}" value="${csrfToken}">${content}</form>`;
}

/** Puts a page into the frame that all have: header with the institution, footer with help and languages. */
export function framed(pen: Pen, page: DrawnPage): string {
  const { say, frame } = pen;
  const { brand, locale, logoPath } = frame;
  const title = page.wrong === true ? say('errorTitle', { title: page.title }) : page.title;
  const head = html`<!doctype html>
<html lang="${locale}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<title>${title} – ${brand.name}</title>
<link rel="icon" href="${logoPath ?? 'data:,'}">
`;
  const body = html`
</head>
<body>
<header><div>${logoPath !== undefined && html`<img src="${logoPath}" alt="">`}<span dir="auto">${brand.name}</span></div></header>
<main>
<h1>${page.title}</h1>
${page.main}
</main>
<footer>
<p>${help(pen)}</p>
${languageSwitcher(pen)}
</footer>
</body>
</html>
`;
  // The one place where something is not escaped: the style sheet is ours, and quotes in it must stay quotes.
  return `${head.toString()}<style>${styleSheet(brand)}</style>${body.toString()}`;
}

function help(pen: Pen): Html {
  const helpEmail = helpEmailIn(pen);
  return helpEmail === undefined
    ? pen.say('helpWithoutAddress', { institution: institutionIn(pen) })
    : pen.say('help', { helpEmail });
}

/** What each language calls itself. */
const ownNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  id: 'Bahasa Indonesia',
  th: 'ไทย',
  'zh-Hant': '繁體中文',
  vi: 'Tiếng Việt',
  ms: 'Bahasa Melayu',
};

function languageSwitcher({ say, frame }: Pen): Html | undefined {
  if (frame.languages.length === 0) return undefined;
  const items = locales.map((locale) => {
    const name = ownNames[locale];
    if (locale === frame.locale)
      return html`<li><span aria-current="true" lang="${locale}">${name}</span></li>`;
    const href = frame.languages.find((language) => language.locale === locale)?.href;
    return (
      href !== undefined && html`<li><a href="${href}" lang="${locale}" hreflang="${locale}">${name}</a></li>`
    );
  });
  return html`<nav aria-label="${say('languageLabel')}"><ul>${items}</ul></nav>`;
}
