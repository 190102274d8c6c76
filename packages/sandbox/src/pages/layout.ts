import type { SandboxResponse } from '../http/message.ts';
import type { Random } from '../world/random.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { stylesheet } from './stylesheet.ts';

/** One page before it gets its frame. */
export interface Page {
  /** 200 when left out. */
  readonly status?: number;
  /** Of the browser tab; the name of the site is added. */
  readonly title: string;
  /** Inside `main`; holds the only `h1`. */
  readonly main: Html;
  /** Right of the site's name: who is logged in, or the sections. */
  readonly beside?: Html | undefined;
  readonly script?: Html;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Where a form's answer may send the browser, besides this server: sources of the `form-action` directive. */
  readonly formTargets?: string;
}

/** What all pages of one part of the sandbox have in common. */
export interface Site {
  /** Left in the header. */
  readonly name: string;
  readonly home: string;
  /** Right in the yellow band, as a link; undefined for none. */
  readonly bandLink?: { readonly href: string; readonly text: string };
  /** For tables. */
  readonly wide: boolean;
}

/** Turns pages of a site into answers. The nonce is new for each. */
export type Render = (page: Page) => SandboxResponse;

/**
 * Puts pages into the frame of a site: the band that says "sandbox", header, main, footer; and the headers that keep a page
 * from loading anything, from being framed and from being stored. Only style and script with this answer's nonce run.
 */
export function renderer(site: Site, random: Random): Render {
  return (page) => {
    const nonce = random.hex(16);
    return {
      status: page.status ?? 200,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Security-Policy': policy(nonce, page.formTargets),
        // Not "no-referrer": with that a browser sends "Origin: null" with our own forms.
        'Referrer-Policy': 'same-origin',
        'X-Content-Type-Options': 'nosniff',
        ...page.headers,
      },
      body: framed(site, page, nonce).toString(),
    };
  };
}

function policy(nonce: string, formTargets = ''): string {
  return [
    "default-src 'none'",
    // The empty icon of the page, so that browsers do not ask for one.
    'img-src data:',
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    `form-action 'self' ${formTargets}`.trimEnd(),
  ].join('; ');
}

function framed(site: Site, page: Page, nonce: string): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${page.title} – ${site.name}</title>
<style nonce="${nonce}">${stylesheet}</style>
</head>
<body${site.wide && html` class="wide"`}>
<a class="skip" href="#main">Skip to the content</a>
<header>
<div class="band"><div class="inner"><span><strong>Sandbox.</strong> Everything here is made up; nothing reaches SEEK Pass.</span>
${site.bandLink && html`<a href="${site.bandLink.href}" target="_blank" rel="noreferrer">${site.bandLink.text}</a>`}</div></div>
<div class="top"><div class="inner"><a class="name" href="${site.home}">${site.name}</a>${page.beside}</div></div>
</header>
<main id="main" tabindex="-1">
${page.main}
</main>
${page.script && html`<script nonce="${nonce}">${page.script}</script>`}
</body>
</html>
`;
}
