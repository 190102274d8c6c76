import type { AwardStatus } from '@seek-pass-kit/flows';
import type { Course } from '../courses/course.ts';
import { whoWords } from '../sessions/who-words.ts';
import type { Student } from '../students/student.ts';
import { choiceField, type FieldProblem, problemSummary, textField } from '../web/form-field.ts';
import type { Frame } from '../web/frame.decorator.ts';
import { type Html, html } from '../web/html.ts';
import { page } from '../web/page.ts';
import { writtenDay, writtenMoment } from '../web/written.ts';
import type { AwardRecord } from './award-record.ts';
import { historyWords, sentence } from './award-words.ts';
import { stateBadge } from './state-badge.ts';
import { withdrawalReasons } from './withdrawal.ts';

/** An award with the names of who and what it is about. */
export interface NamedAward {
  readonly record: AwardRecord;
  readonly student: Student;
  readonly course: Course;
}

/** A table of awards, for staff. */
export function awardTable(awards: readonly NamedAward[]): Html {
  if (awards.length === 0) return html`<p class="empty">Nothing has been issued yet.</p>`;
  const row = ({ record, student, course }: NamedAward) => html`<tr>
<th scope="row"><a href="/staff/credentials/${record.awardId}">${course.name}</a></th>
<td data-label="Student"><a href="/staff/students/${student.id}"><bdi>${student.fullName}</bdi></a></td>
<td data-label="Completed">${writtenDay(record.completedOn)}</td>
<td data-label="State">${stateBadge(record.state)}</td></tr>`;
  return html`<table><thead><tr><th scope="col">Credential</th><th scope="col">Student</th><th scope="col">Completed</th><th scope="col">State</th></tr></thead>
<tbody>${awards.map(row)}</tbody></table>`;
}

export function staffAwardsPage(frame: Frame, awards: readonly NamedAward[]): Html {
  return page(frame, {
    title: 'Credentials',
    main: html`<p class="actions"><a class="button" href="/staff/credentials/issue">Issue a credential</a></p>
${awardTable(awards)}`,
  });
}

export function staffAwardPage(
  frame: Frame,
  { record, student, course }: NamedAward,
  status: AwardStatus,
): Html {
  const isClosed = status.state === 'withdrawn' || status.state === 'erased';
  return page(frame, {
    title: course.name,
    trail: html`<a href="/staff/credentials">Credentials</a>`,
    main: html`<div class="columns"><section class="card"><h2>Where it stands</h2>
<p>${stateBadge(status.state)}</p>
${status.behindClosedLink === 'added' && html`<p class="note bad">A copy is in the student’s wallet. It cannot be recalled.</p>`}
<dl>
${fact('Student', html`<a href="/staff/students/${student.id}"><bdi>${student.fullName}</bdi></a>`)}
${fact('Name on the credential', html`<bdi>${record.nameOnCredential}</bdi>`)}
${fact('Completed on', writtenDay(record.completedOn))}
${status.evidence === 'inferred' && fact('How we know', 'By the time that has passed: SEEK Pass has not said so.')}
${fact('Version', String(status.version))}
</dl>
${!isClosed && html`<p class="actions"><a class="button second" href="/staff/credentials/${record.awardId}/withdraw">Withdraw …</a></p>`}
</section>
<section><h2>History</h2><ol class="history">${status.history.map(line)}</ol></section></div>`,
  });
}

function fact(name: string, value: Html | string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function line({ at, what, who, why }: AwardStatus['history'][number]): Html {
  return html`<li><p>${historyWords(what)}${why !== null && html` <span class="quiet">(${sentence(why)})</span>`}</p>
<p class="quiet">${writtenMoment(at)}, by ${whoWords(who)}</p></li>`;
}

export interface WithdrawPage extends NamedAward {
  readonly inWallet: boolean;
  readonly reason: string;
  readonly problems: readonly FieldProblem[];
}

/** What has to be typed in: nobody withdraws by a slip of the finger. */
export const wordToType = 'withdraw';

export function withdrawPage(
  frame: Frame,
  { record, student, course, inWallet, reason, problems }: WithdrawPage,
): Html {
  const labels = { reason: 'Why', confirmation: `Type “${wordToType}” to confirm` };
  return page(frame, {
    title: 'Withdraw a credential',
    wrong: problems.length > 0,
    trail: html`<a href="/staff/credentials">Credentials</a> › <a href="/staff/credentials/${record.awardId}">${course.name}</a>`,
    main: html`<div class="narrow">
<p class="lead">${course.name}, of <bdi>${student.fullName}</bdi></p>
<div class="note ${inWallet ? 'bad' : 'warn'}"><p><strong>A copy in a wallet cannot be recalled.</strong> ${
      inWallet
        ? 'The student has added this one: withdrawing changes our records and not the wallet.'
        : 'Withdrawing closes it here, so that it cannot be added any more. If the student is adding it right now, it may arrive all the same, and you are told.'
    }</p></div>
${problemSummary(problems, labels)}
<form method="post" action="/staff/credentials/${record.awardId}/withdraw" class="card fields">${frame.csrfField()}
${choiceField({ name: 'reason', label: labels.reason, problems, value: reason, choices: withdrawalReasons })}
${textField({ name: 'confirmation', label: labels.confirmation, problems, value: '' })}
<p class="actions"><button class="danger">Withdraw</button> <a class="button second" href="/staff/credentials/${record.awardId}">Leave it</a></p>
</form></div>`,
  });
}
