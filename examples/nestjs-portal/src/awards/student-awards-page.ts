import type { StudentVisitor } from '../sessions/visitor.ts';
import type { Frame } from '../web/frame.decorator.ts';
import { type Html, html } from '../web/html.ts';
import { page } from '../web/page.ts';
import { writtenDay } from '../web/written.ts';
import type { StudentAward } from './awards.service.ts';
import { stateBadge } from './state-badge.ts';
import { stateWords } from './award-words.ts';

export function studentAwardsPage(
  frame: Frame,
  student: StudentVisitor,
  awards: readonly StudentAward[],
): Html {
  const degrees = awards.filter(({ credentialType }) => credentialType === 'education');
  const courses = awards.filter(({ credentialType }) => credentialType !== 'education');
  return page(frame, {
    title: 'My credentials',
    main: html`<p class="lead">What you earned at the university, and where each one stands.</p>
${awards.length === 0 && html`<p class="empty">There is nothing here yet. What you complete appears as soon as the university has recorded it.</p>`}
${group(frame, student, 'Degrees', degrees)}
${group(frame, student, 'Short courses', courses)}
<p class="quiet">SEEK Pass is a wallet of your own: the account with which you accept a credential there keeps it. On a shared computer, use your phone.</p>`,
  });
}

function group(
  frame: Frame,
  student: StudentVisitor,
  name: string,
  awards: readonly StudentAward[],
): Html | undefined {
  if (awards.length === 0) return undefined;
  return html`<section><h2>${name}</h2><ul class="cards">${awards.map((award) => card(frame, student, award))}</ul></section>`;
}

function card(frame: Frame, student: StudentVisitor, award: StudentAward): Html {
  return html`<li class="card"><div class="card-head"><h3>${award.title}</h3>${stateBadge(award.state)}</div>
<p class="quiet">Completed on ${writtenDay(award.completedOn)}</p>
<p>${award.mayAdd === 'not_now' ? 'It cannot be added for the moment. Please come back later.' : stateWords(award.state).toStudent}</p>
${student.viewedBy === undefined && button(frame, award)}</li>`;
}

function button(frame: Frame, { awardId, title, state, mayAdd }: StudentAward): Html | undefined {
  if (mayAdd === 'no' || mayAdd === 'not_now') return undefined;
  return html`<form method="post" action="/credentials/${awardId}/add">${frame.csrfField()}
<button${state === 'added' && html` class="second"`}>${buttonText(state)}<span class="unseen">: ${title}</span></button></form>`;
}

function buttonText(state: StudentAward['state']): string {
  if (state === 'submitted') return 'Continue in SEEK Pass';
  return state === 'added' ? 'Add it once more' : 'Add to SEEK Pass';
}
