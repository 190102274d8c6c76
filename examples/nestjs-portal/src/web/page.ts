import type { Visitor } from '../sessions/visitor.ts';
import type { Frame } from './frame.decorator.ts';
import { type Html, html, type HtmlValue } from './html.ts';
import { university } from './university.ts';

/** One page before it gets its frame. */
export interface PageContent {
  /** Of the browser tab, and the only `h1`. */
  readonly title: string;
  /** Above the title: where this page belongs. */
  readonly trail?: HtmlValue;
  readonly main: HtmlValue;
  /** What was typed in was not accepted: the tab says so first. */
  readonly wrong?: boolean;
  /** Has a title of its own in `main`: the home page. */
  readonly ownTitle?: boolean;
}

interface Place {
  readonly href: string;
  readonly name: string;
}

const studentPlaces: readonly Place[] = [
  { href: '/credentials', name: 'My credentials' },
  { href: '/identity', name: 'My identity' },
];
const staffPlaces: readonly Place[] = [
  { href: '/staff', name: 'Students' },
  { href: '/staff/credentials', name: 'Credentials' },
  { href: '/staff/verifications', name: 'Identity checks' },
];

/** Puts a page into the frame that all have. Nothing in it is loaded from elsewhere, and it runs no script. */
export function page(
  frame: Frame,
  { title, trail, main, wrong = false, ownTitle = false }: PageContent,
): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${wrong && 'Error: '}${title} – ${university.name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/portal.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<p class="demo">A demonstration. Nobody here is real.</p>
${viewedAs(frame)}
<div class="top"><div>
<a class="brand" href="/"><svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true"><path d="M16 2 3 7v9c0 7 5 12 13 14 8-2 13-7 13-14V7z" fill="currentColor"/><path d="M9 13h14M9 17h14M12 21h8" stroke="var(--on-mark)" stroke-width="2" stroke-linecap="round"/></svg><span>${university.name}</span></a>
${navigation(frame)}
${account(frame)}
</div></div>
</header>
<main id="main">
${frame.notice !== undefined && html`<p class="note" role="status">${frame.notice}</p>`}
${trail !== undefined && html`<p class="trail">${trail}</p>`}
${!ownTitle && html`<h1>${title}</h1>`}
${main}
</main>
<footer><p>${university.name} is made up, and so is everybody in it. Questions about this example: see its README.</p></footer>
</body>
</html>
`;
}

function navigation({ visitor, path }: Frame): Html | undefined {
  if (visitor === undefined) return undefined;
  const places = visitor.as === 'staff' ? staffPlaces : studentPlaces;
  const here = places.findLast(({ href }) => path === href || path.startsWith(`${href}/`));
  const item = (place: Place) =>
    html`<li><a href="${place.href}"${place === here && html` aria-current="page"`}>${place.name}</a></li>`;
  return html`<nav aria-label="Main"><ul>${places.map(item)}</ul></nav>`;
}

function account({ visitor, csrfField }: Frame): Html {
  if (visitor === undefined) return html`<p class="account"><a href="/sign-in">Sign in</a></p>`;
  return html`<div class="account"><span class="who">${visitor.name}</span>
<form method="post" action="/sign-out">${csrfField()}<button class="plain">Sign out</button></form></div>`;
}

function viewedAs({ visitor, csrfField }: Frame): Html | undefined {
  if (!isViewed(visitor)) return undefined;
  return html`<div class="viewed"><p>You see the portal as ${visitor.name}. You cannot act in their name.</p>
<form method="post" action="/staff/stop-viewing">${csrfField()}<button class="plain">Back to the staff pages</button></form></div>`;
}

function isViewed(visitor: Visitor | undefined): visitor is Visitor {
  return visitor?.as === 'student' && visitor.viewedBy !== undefined;
}
