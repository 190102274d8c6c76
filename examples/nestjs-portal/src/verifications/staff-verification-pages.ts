import { qrSvg, type StartLink } from '@seek-pass-kit/flows';
import { whoWords } from '../sessions/who-words.ts';
import type { Student } from '../students/student.ts';
import type { Frame } from '../web/frame.decorator.ts';
import { type Html, html } from '../web/html.ts';
import { page } from '../web/page.ts';
import { writtenDay, writtenMoment } from '../web/written.ts';
import type { VerificationRecord } from './verification-record.ts';
import { verificationBadge, verificationWords } from './verification-words.ts';

export interface NamedVerification {
  readonly record: VerificationRecord;
  readonly student: Student;
}

export function verificationTable(checks: readonly NamedVerification[]): Html {
  if (checks.length === 0) return html`<p class="empty">Nobody’s identity was checked yet.</p>`;
  const row = ({ record, student }: NamedVerification) => html`<tr>
<th scope="row"><a href="/staff/verifications/${record.verificationId}"><bdi>${student.fullName}</bdi></a></th>
<td data-label="Started">${writtenMoment(record.startedAt)}</td>
<td data-label="By">${whoWords(record.startedBy)}</td>
<td data-label="State">${verificationBadge(record.state)}</td></tr>`;
  return html`<table><thead><tr><th scope="col">Student</th><th scope="col">Started</th><th scope="col">By</th><th scope="col">State</th></tr></thead>
<tbody>${checks.map(row)}</tbody></table>`;
}

export function verificationsPage(frame: Frame, checks: readonly NamedVerification[]): Html {
  return page(frame, {
    title: 'Identity checks',
    main: html`<p class="lead">Begin one from <a href="/staff">a student’s page</a>.</p>${verificationTable(checks)}`,
  });
}

export function verificationPage(frame: Frame, { record, student }: NamedVerification): Html {
  const isWaiting = ['created', 'failed', 'open'].includes(record.state);
  return page(frame, {
    title: 'Identity check',
    trail: html`<a href="/staff/verifications">Identity checks</a>`,
    main: html`<div class="narrow"><section class="card"><div class="card-head"><h2><bdi>${student.fullName}</bdi></h2>${verificationBadge(record.state)}</div>
<p>${verificationWords(record.state).toStaff}</p>
<dl><div><dt>Expected</dt><dd><bdi>${student.fullName}</bdi>, born ${writtenDay(student.dateOfBirth)}</dd></div>
<div><dt>Started</dt><dd>${writtenMoment(record.startedAt)}, by ${whoWords(record.startedBy)}</dd></div>
<div><dt>Last change</dt><dd>${writtenMoment(record.changedAt)}</dd></div></dl>
<p class="actions">${isWaiting && html`<a class="button" href="/staff/verifications/${record.verificationId}">Look again</a>`} <a class="button second" href="/staff/students/${student.id}">The student’s page</a></p></section></div>`,
  });
}

/** The link for a phone, as a picture and as text. */
export function frontDeskPage(
  frame: Frame,
  student: Student,
  { url, expiresAt, verificationId }: Extract<StartLink, { outcome: 'link' }>,
): Html {
  const picture = `data:image/svg+xml;base64,${Buffer.from(qrSvg(url)).toString('base64')}`;
  return page(frame, {
    title: 'Front desk',
    trail: html`<a href="/staff/students/${student.id}"><bdi>${student.fullName}</bdi></a>`,
    main: html`<div class="narrow"><section class="card"><h2>Let <bdi>${student.fullName}</bdi> scan this</h2>
<p>With a phone of their own: whoever opens it first is the one who is checked.</p>
<p><img class="qr" src="${picture}" width="240" height="240" alt="QR code of the link below"></p>
<p>Or open: <a class="code-link" href="${url}" target="_blank" rel="noreferrer">${url}</a></p>
<p class="quiet">Good until ${writtenMoment(expiresAt)}. It is shown only now, so begin another one if it is lost.</p>
<p class="actions"><a class="button" href="/staff/verifications/${verificationId}">See what came of it</a></p></section></div>`,
  });
}

export function refusedPage(
  frame: Frame,
  student: Student,
  { problems }: Extract<StartLink, { outcome: 'refused' }>,
): Html {
  return page(frame, {
    title: 'This check cannot begin',
    trail: html`<a href="/staff/students/${student.id}"><bdi>${student.fullName}</bdi></a>`,
    main: html`<div class="note bad"><p>Something on record is not right. Correct it there first:</p>
<ul>${problems.map(({ path, message }) => html`<li>${path} ${message}</li>`)}</ul></div>`,
  });
}
