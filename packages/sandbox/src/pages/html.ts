/** Markup that is safe to send: made by {@link html}, so every value in it was escaped. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a template: text is escaped, markup and lists of it go in as they are, the rest is nothing. */
export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

/**
 * Makes markup from a template. Every value is escaped for text and for attributes in double quotes; there is no way to put
 * text in unescaped, so a name like `<script>` stays a name. Do not put a value into a `<script>` or `<style>`, or into an attribute without quotes.
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
  if (value === false || value === null || value === undefined) return '';
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
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? '');
}
