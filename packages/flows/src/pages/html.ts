class SafeHtml {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** Markup that is safe to send: nothing but {@link html} and {@link phrase} can make it, and they escape every text. */
export type Html = SafeHtml;

/** What may stand in a template: text is escaped, markup and lists of it go in as they are, `false` and `undefined` are nothing. */
export type HtmlValue = Html | string | number | false | undefined | readonly HtmlValue[];

/**
 * Makes markup from a template. Every value is escaped for text and for attributes in double quotes; no way leads around
 * that, so a name like `<script>` stays a name. Values have no place in `<script>` and `<style>`, nor in an attribute without quotes.
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = parts[0] ?? '';
  for (const [at, value] of values.entries()) markup += rendered(value) + (parts[at + 1] ?? '');
  return new SafeHtml(markup);
}

/** A text with `{placeholders}`, each replaced by its value; everything that is not markup already is escaped. */
export function phrase(text: string, values: Readonly<Record<string, HtmlValue>>): Html {
  const pieces = text.split(/\{([A-Za-z]+)\}/);
  return html`${pieces.map((piece, at) => (at % 2 === 0 ? piece : values[piece]))}`;
}

function rendered(value: HtmlValue): string {
  if (value instanceof SafeHtml) return value.toString();
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
