import type { Brand } from '../flow-context.ts';
import { type Locale, locales } from '../languages/locale.ts';
import { readBrand } from './brand.ts';
import { renderClaimPage } from './render-claim-page.ts';
import { samplePages } from './sample-pages.ts';

/**
 * Every claim page with made-up contents, to look at before learners do: whole HTML documents by name (`start`, `code-wrong`, …). Their
 * forms lead nowhere.
 *
 * ```ts
 * for (const [name, page] of previewClaimPages(brand, 'th')) await writeFile(`preview/${name}.html`, page);
 * ```
 *
 * @throws {ConfigurationError} `invalid_configuration` when the brand is not right, naming the setting.
 */
export function previewClaimPages(brand: Brand, locale: Locale): Map<string, string> {
  const { logo } = readBrand(brand);
  const frame = {
    brand,
    locale,
    ...(logo !== undefined && {
      logoPath: `data:${logo.type};base64,${Buffer.from(logo.bytes).toString('base64')}`,
    }),
    languages: locales.map((other) => ({ locale: other, href: '#' })),
  };
  return new Map(samplePages.map(([name, page]) => [name, renderClaimPage(page, frame)]));
}
