import { html } from './html.ts';
import type { Html, HtmlValue } from './html.ts';

/** A table that scrolls sideways on a narrow screen, also by keyboard. The first cell of a row names the row. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly HtmlValue[])[],
): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name, ...cells]) =>
      html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}
