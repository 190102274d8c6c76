import type { Frame } from '../web/frame.decorator.ts';
import { type Html, html } from '../web/html.ts';
import { page } from '../web/page.ts';
import type { Visitor } from './visitor.ts';

export interface SignInChoice {
  readonly as: Visitor['as'];
  readonly people: readonly Visitor[];
  /** Where it goes on. */
  readonly to: string;
}

export function signInPage(frame: Frame, { as, people, to }: SignInChoice): Html {
  const isStaff = as === 'staff';
  return page(frame, {
    title: isStaff ? 'Staff sign-in' : 'Sign in',
    main: html`<div class="narrow">
<p class="note">This is a demonstration: there is no password. Choose who you want to be.</p>
<form method="post" action="/sign-in">${frame.csrfField()}
<input type="hidden" name="as" value="${as}"><input type="hidden" name="to" value="${to}">
<ul class="people">${people.map(({ id, name }) => html`<li><button name="id" value="${id}"><bdi>${name}</bdi></button></li>`)}</ul>
</form>
<p class="quiet">${isStaff ? html`You study here? <a href="/sign-in">Sign in as a student</a>.` : html`You work here? <a href="/staff/sign-in">Sign in as staff</a>.`}</p>
</div>`,
  });
}
