import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from '../src/pages/html.ts';

const numRuns = process.env['PROVE'] === 'full' ? 100_000 : 1_000;

test('whatever a value holds, it neither opens markup nor ends an attribute, and reads back as it was', () => {
  const entities: Readonly<Record<string, string>> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
  };
  const awkward = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'script', '/', '=', ' ', '&lt;', 'ළ', 'ث') }),
  );
  fc.assert(
    fc.property(awkward, (text) => {
      const inText = html`<p>${text}</p>`.toString().slice('<p>'.length, -'</p>'.length);
      const inAttribute = html`<p title="${text}">`.toString().slice('<p title="'.length, -'">'.length);
      for (const escaped of [inText, inAttribute]) {
        expect(escaped).not.toMatch(/[<>"']/u);
        const back = escaped.replaceAll(/&(?:amp|lt|gt|quot|#39);/gu, (entity) => entities[entity] ?? '');
        expect(back).toBe(text);
      }
    }),
    { numRuns },
  );
});

test('markup goes in as it is, lists are joined, and nothing stands for nothing', () => {
  const inner = html`<b>${'a & b'}</b>`;
  expect(html`<p>${inner}${[inner, ' < ']}${0}${false}${null}${undefined}</p>`.toString()).toBe(
    '<p><b>a &amp; b</b><b>a &amp; b</b> &lt; 0</p>',
  );
});
