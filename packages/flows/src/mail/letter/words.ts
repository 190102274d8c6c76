import { type Html, html, type HtmlValue, phrase } from '../../pages/html.ts';

/** A text of a language with `{placeholders}`, and what stands in for them. */
export interface Words {
  readonly text: string;
  /** Of learners and their credentials: nothing in them becomes a link. */
  readonly values?: Readonly<Record<string, string>>;
  /** Of the institution's own settings: set as they are. */
  readonly own?: Readonly<Record<string, string>>;
}

/** The words as plain text. */
export function plainWords({ text, values = {}, own = {} }: Words): string {
  return text.replaceAll(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const given = values[name];
    return given === undefined ? inOneLine(own[name] ?? '') : unlinked(given);
  });
}

/** The words as markup. A value keeps its own direction of writing. */
export function markedWords({ text, values = {}, own = {} }: Words): Html {
  const ours = Object.entries(own).map(([name, value]): [string, HtmlValue] => [name, isolated(value)]);
  const theirs = Object.entries(values).map(([name, value]): [string, HtmlValue] => [
    name,
    markedValue(value),
  ]);
  return phrase(text, Object.fromEntries([...ours, ...theirs]));
}

/** A value by itself as markup. */
export function markedValue(value: string): Html {
  return isolated(unlinked(value));
}

function isolated(value: string): Html {
  return html`<bdi>${value}</bdi>`;
}

/**
 * A value that mail readers do not turn into a link: they make one of whatever looks like an address, and a name may.
 * The joiner is not seen and not spoken.
 */
export function unlinked(value: string): string {
  return inOneLine(value).replaceAll(/[.:/@\\](?=\S)/g, '$&\u2060');
}

/** Without what would end a line or a header, or turn the direction of what follows. */
export function inOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}
