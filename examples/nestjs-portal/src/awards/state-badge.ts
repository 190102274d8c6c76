import { type Html, html } from '../web/html.ts';
import { stateWords } from './award-words.ts';

/** A state in words, on a ground of its colour. */
export function stateBadge(state: string): Html {
  const { name, tone } = stateWords(state);
  return html`<span class="badge ${tone}">${name}</span>`;
}
