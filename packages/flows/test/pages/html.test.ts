import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html, phrase } from '../../src/pages/html.ts';
import { unescaped } from './read-page.ts';

test('text is escaped, markup nests as it is, lists join, nothing stays nothing', () => {
  const inner = html`<b>${'R&D'}</b>`;
  expect(html`<p>${inner}${[inner, '<i>', 7]}${false}${undefined}</p>`.toString()).toBe(
    '<p><b>R&amp;D</b><b>R&amp;D</b>&lt;i&gt;7</p>',
  );
});

test('no text ends an element or an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      const markup = html`<a title="${text}">${text}</a>`.toString();
      const [, attribute = '', content = ''] = /^<a title="([^"<>]*)">([^<>]*)<\/a>$/.exec(markup) ?? [];
      expect(unescaped(attribute)).toBe(text);
      expect(unescaped(content)).toBe(text);
    }),
    { examples: [['"><script>'], ["' onfocus='"], ['&lt;'], ['<!--'], ['</title>']] },
  );
});

test('what only looks like markup stays text', () => {
  const impostor = { toString: () => '<script>' } as never;
  expect(() => html`${impostor}`.toString()).toThrow(TypeError);
});

test('a phrase puts values where its placeholders are, and escapes itself', () => {
  expect(phrase('{a} & {b}: {a}', { a: html`<b>1</b>`, b: '<2>' }).toString()).toBe(
    '<b>1</b> &amp; &lt;2&gt;: <b>1</b>',
  );
  expect(phrase('no {Placeholder_1} here', {}).toString()).toBe('no {Placeholder_1} here');
});
