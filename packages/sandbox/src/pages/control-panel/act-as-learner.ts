import { personas } from '../../world/personas.ts';
import { selectField } from '../form-field.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';

/** What a form of {@link actAsLearner} does: word in the form, text on its button. */
type Act = readonly [value: string, text: string];

/** Does a step of the wallet without going through its pages. Offers the one the link belongs to first. */
export function actAsLearner(action: string, boundTo: string | null, acts: readonly Act[]): Html {
  const known = personas.map(({ email, fullName }): Act => [email, `${fullName} (${email})`]);
  const others: readonly Act[] =
    boundTo === null || known.some(([email]) => email === boundTo) ? [] : [[boundTo, boundTo]];
  return html`<section class="card" aria-labelledby="act"><h2 id="act">Act as a learner</h2>
<p class="quiet">The same as on the wallet’s pages. Whoever opens a link first keeps it.</p>
<form method="post" action="${action}">${selectField(
    { name: 'email', label: 'Learner', ...(boundTo === null ? {} : { value: boundTo }) },
    [...others, ...known],
  )}<div class="row">${acts.map(
    ([value, text]) => html`<button class="second" name="act" value="${value}">${text}</button>`,
  )}</div></form></section>`;
}
