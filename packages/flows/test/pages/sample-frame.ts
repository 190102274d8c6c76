import { type Locale, locales } from '../../src/languages/locale.ts';
import type { PageFrame } from '../../src/pages/claim-page.ts';

/** The frame of a page in one language. */
export function sampleFrame(locale: Locale, change: Partial<PageFrame> = {}): PageFrame {
  return {
    brand: { name: 'Example University', helpEmail: 'graduations@example.edu' },
    locale,
    languages: locales.map((other) => ({ locale: other, href: `?lang=${other}` })),
    ...change,
  };
}
