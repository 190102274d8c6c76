import { personas } from '../../world/personas.ts';
import { selectField } from '../form-field.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';

/** Does a step of the wallet without going through its pages. */
export function actAsLearner(
  action: string,
  acts: readonly (readonly [value: string, text: string])[],
): Html {
  return html`<section class="card" aria-labelledby="act"><h2 id="act">Act as a learner</h2>
<p class="quiet">The same as on the wallet’s pages. Whoever opens a link first keeps it.</p>
<form method="post" action="${action}">${selectField(
    { name: 'email', label: 'Learner' },
    personas.map(({ email, fullName }) => [email, `${fullName} (${email})`]),
  )}<div class="row">${acts.map(
    ([value, text]) => html`<button class="second" name="act" value="${value}">${text}</button>`,
  )}</div></form></section>`;
}
