import type { ClaimProblem, PageNamed } from './claim-page.ts';
import { type Html, html } from './html.ts';
import { type DrawnPage, formOf, institutionIn, type Pen } from './layout.ts';

/** Why it does not go on, and what helps. */
export function problemPage(pen: Pen, { problem, retry, back }: PageNamed<'problem'>): DrawnPage {
  const { say } = pen;
  const { title, text } = wordsOf(pen, problem);
  return {
    title,
    main: html`<div class="card">
<p>${text}</p>
${retry !== undefined && formOf(retry, html`<button>${say('tryAgain')}</button>`)}
${back !== undefined && html`<a class="button second" href="${back}">${say('back')}</a>`}
</div>`,
  };
}

function wordsOf(pen: Pen, problem: ClaimProblem): { readonly title: Html; readonly text: Html } {
  const { say } = pen;
  const institution = institutionIn(pen);
  switch (problem) {
    case 'unknown_link':
      return { title: say('unknownLinkTitle'), text: say('unknownLink') };
    case 'newer_link':
      return { title: say('newerLinkTitle'), text: say('newerLink', { institution }) };
    case 'link_expired':
      return { title: say('linkExpiredTitle'), text: say('linkExpired') };
    case 'withdrawn':
      return { title: say('withdrawnTitle'), text: say('withdrawn', { institution }) };
    case 'wrong_person':
      return { title: say('wrongPersonTitle'), text: say('wrongPerson') };
    case 'guardian_needed':
      return { title: say('guardianNeededTitle'), text: say('guardianNeeded', { institution }) };
    case 'unavailable':
      return { title: say('unavailableTitle'), text: say('unavailable') };
    case 'paused':
      return { title: say('pausedTitle'), text: say('paused', { institution }) };
    case 'rejected':
      return { title: say('rejectedTitle'), text: say('rejected', { institution }) };
    case 'mail_failed':
      return { title: say('mailFailedTitle'), text: say('mailFailed', { institution }) };
    case 'too_many':
      return { title: say('tooManyTitle'), text: say('tooMany') };
    case 'handoff_over':
      return { title: say('handoffOverTitle'), text: say('handoffOver') };
    case 'foreign_form':
      return { title: say('foreignFormTitle'), text: say('foreignForm') };
    case 'ours':
      return { title: say('oursTitle'), text: say('ours') };
  }
}
