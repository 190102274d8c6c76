import { html } from './html.ts';
import type { Html } from './html.ts';

/** The switch of a list that keeps itself fresh (`freshListScript`). Without JavaScript there is only the link. */
export function freshSwitch(here: string): Html {
  return html`<div class="row"><label class="tick" hidden><input type="checkbox" id="fresh-wish" checked>New ones appear by themselves</label>
<a href="${here}">Refresh</a></div><p id="fresh-told" class="aside" role="status"></p>`;
}

/** The list itself; `told` is what screen readers hear when it has changed. */
export function freshList(told: string, list: Html): Html {
  return html`<div id="fresh" data-told="${told}">${list}</div>`;
}
