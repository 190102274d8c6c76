import { expect, test } from 'vitest';
import { previewClaimPages } from '../../src/pages/preview-claim-pages.ts';

test('a preview holds every page, with the logo in it', () => {
  const bytes = Buffer.from('89504e470d0a1a0a', 'hex');
  const brand = { name: 'Example University', logo: { type: 'image/png' as const, bytes } };
  const pages = previewClaimPages(brand, 'ms');
  expect(pages.size).toBeGreaterThan(25);
  for (const page of pages.values()) {
    expect(page).toContain('<html lang="ms"');
    expect(page).toContain('<img src="data:image/png;base64,iVBORw0KGgo=" alt="">');
  }
});

test('a preview refuses the brand that the start would refuse', () => {
  expect(() => previewClaimPages({ name: 'Example University', colour: 'red' }, 'en')).toThrow(
    'brand.colour',
  );
});
