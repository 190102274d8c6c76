import { proof } from '@seek-pass-kit/prove';
import { expect, test } from 'vitest';
import { locales } from '../../src/languages/locale.ts';
import { samplePages } from '../../src/pages/sample-pages.ts';
import { sampleFrame } from '../pages/sample-frame.ts';
import { renderClaimPage } from '../../src/pages/render-claim-page.ts';
import { narrow } from '@seek-pass-kit/prove/browser';
import { useBrowser } from './chromium.ts';
import { showPage } from './claim-page-server.ts';

const newVisitor = useBrowser();
/** Page after page, each in all its languages in turn: any piece of it has them mixed. */
const looks = locales.flatMap((_, turn) =>
  samplePages.map(([name, page], at) => ({
    name,
    page,
    locale: locales[(at + turn) % locales.length] ?? 'en',
  })),
);

proof(
  'claim pages in Chromium: each in six languages, axe clean in light and dark, no policy broken, nothing loaded',
  { small: samplePages.length, full: looks.length },
  async ({ size, seed }) => {
    const visitor = await newVisitor();
    const first = (seed % locales.length) * samplePages.length;
    for (let at = 0; at < size; at += 1) {
      const look = looks[(first + at) % looks.length];
      if (look === undefined) throw new Error('There is a look for every number.');
      await showPage(visitor, look.page, sampleFrame(look.locale));
      await visitor.look(`${look.locale}-${look.name}`);
    }
  },
);

test('no page in any language is to be scrolled sideways at 320 pixels', { timeout: 120_000 }, async () => {
  const visitor = await newVisitor({ viewport: narrow });
  const wide: string[] = [];
  for (const { name, page, locale } of looks) {
    await visitor.page.setContent(renderClaimPage(page, sampleFrame(locale)));
    if ((await visitor.sideways()) > 0) wide.push(`${locale}-${name}`);
  }
  expect(wide).toEqual([]);
});
