import { proof } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { type Locale, locales } from '../../src/languages/locale.ts';
import type { ClaimPage, PageFrame } from '../../src/pages/claim-page.ts';
import { renderClaimPage } from '../../src/pages/render-claim-page.ts';
import { sampleAward } from '../../src/pages/sample-pages.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary-ascii' }),
  fc.constantFrom(
    '"><script>alert(1)</script>',
    "' onfocus='alert(1)' autofocus='",
    '</title></style><svg onload=alert(1)>',
    '<!--',
    ']]>',
    '&#60;b&#62;',
  ),
);

proof(
  'claim pages: whatever names, titles and addresses hold, the markup around them stays the same',
  { small: 50, full: 20_000 },
  ({ size, seed }) => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(...locales), (text, locale) => {
        const calm = pagesSaying('x');
        return pagesSaying(text).every(
          (page, at) =>
            skeletonOf(renderClaimPage(page, frameSaying(text, locale))) ===
            skeletonOf(renderClaimPage(calm[at] ?? page, frameSaying('x', locale))),
        );
      }),
      { seed, numRuns: size },
    );
  },
);

/** A frame with one text in all places. */
function frameSaying(text: string, locale: Locale): PageFrame {
  const languages = locales.map((other) => ({ locale: other, href: text }));
  return { brand: { name: text, helpEmail: text }, locale, logoPath: text, languages };
}

/** Every kind of page with one text in all places. */
function pagesSaying(text: string): ClaimPage[] {
  const spoken = { action: text, csrfToken: text };
  const award = sampleAward({
    title: text,
    fullName: text,
    issuerName: text,
    date: text,
    add: { ...spoken, again: false },
  });
  return [
    { page: 'start', send: spoken },
    { page: 'code', check: spoken, resend: spoken, minutes: 10, problem: 'wrong' },
    { page: 'facts', check: spoken, facts: [text], problem: 'wrong' },
    { page: 'awards', awards: [award], signOut: spoken },
    { page: 'again', award, back: text },
    { page: 'loading', title: text, redirectUri: text },
    { page: 'problem', problem: 'newer_link', retry: spoken, back: text },
  ];
}

/** The markup without what was filled in: tags with their attributes' names, in order. */
function skeletonOf(markup: string): string {
  const tags = markup.replace(/<style>[^]*?<\/style>/, '').match(/<[^>]*>?/g) ?? [];
  return tags.map((tag) => tag.replaceAll(/"[^"]*"/g, '""')).join('\n');
}
