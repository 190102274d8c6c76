/** Markup that is safe to send: only {@link html} makes it, and it escapes every text. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a template: text is escaped, markup and lists of it go in as they are, `false` and `undefined` are nothing. */
export type HtmlValue = Html | string | number | false | undefined | readonly HtmlValue[];

/**
 * Makes markup from a template, and escapes every value for text and for attributes in double quotes. Values have no place in `<script>`
 * and `<style>`, nor in an attribute without quotes.
 *
 * ```ts
 * html`<p title="${name}">${name}</p>`
 * ```
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = parts[0] ?? '';
  for (const [at, value] of values.entries()) markup += rendered(value) + (parts[at + 1] ?? '');
  return new Html(markup);
}

function rendered(value: HtmlValue): string {
  if (value instanceof Html) return value.toString();
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  if (value === false || value === undefined) return '';
  return value.map(rendered).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
