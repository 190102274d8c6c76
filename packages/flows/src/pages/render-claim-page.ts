import { againPage, awardsPage, loadingPage } from './awards-pages.ts';
import type { ClaimPage, PageFrame } from './claim-page.ts';
import { type DrawnPage, framed, type Pen } from './layout.ts';
import { speaking } from './page-texts.ts';
import { problemPage } from './problem-page.ts';
import { codePage, factsPage, startPage } from './proof-pages.ts';

/**
 * The HTML of a claim page, in the language of its frame: a whole document of less than 20 kB that loads nothing but the
 * logo, runs no script and has one `<style>`, which a Content-Security-Policy lets through by `styleHash`. Besides that it
 * needs `img-src 'self' data:` (logo and empty icon). Every text in it is escaped.
 */
export function renderClaimPage(page: ClaimPage, frame: PageFrame): string {
  const pen: Pen = { say: speaking(frame.locale), frame };
  return framed(pen, drawn(pen, page));
}

function drawn(pen: Pen, page: ClaimPage): DrawnPage {
  switch (page.page) {
    case 'start':
      return startPage(pen, page);
    case 'code':
      return codePage(pen, page);
    case 'facts':
      return factsPage(pen, page);
    case 'awards':
      return awardsPage(pen, page);
    case 'again':
      return againPage(pen, page);
    case 'loading':
      return loadingPage(pen, page);
    case 'problem':
      return problemPage(pen, page);
  }
}
