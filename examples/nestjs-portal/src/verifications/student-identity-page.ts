import type { StudentVisitor } from '../sessions/visitor.ts';
import type { Student } from '../students/student.ts';
import type { Frame } from '../web/frame.decorator.ts';
import { type Html, html } from '../web/html.ts';
import { page } from '../web/page.ts';
import { writtenDay, writtenMoment } from '../web/written.ts';
import type { VerificationRecord } from './verification-record.ts';
import { verificationBadge, verificationWords } from './verification-words.ts';

export function studentIdentityPage(
  frame: Frame,
  visitor: StudentVisitor,
  student: Student,
  [newest]: readonly VerificationRecord[],
): Html {
  const isDone = newest?.state === 'matched';
  return page(frame, {
    title: 'My identity',
    main: html`<div class="narrow"><p class="lead">For some things the university has to know that you are you. SEEK Pass can say so, without papers.</p>
<section class="card"><h2>On record</h2><dl><div><dt>Name</dt><dd><bdi>${student.fullName}</bdi></dd></div>
<div><dt>Date of birth</dt><dd>${writtenDay(student.dateOfBirth)}</dd></div></dl></section>
${
  newest !== undefined &&
  html`<section class="card"><div class="card-head"><h2>Last check</h2>${verificationBadge(newest.state)}</div>
<p>${verificationWords(newest.state).toStudent}</p><p class="quiet">${writtenMoment(newest.changedAt)}</p></section>`
}
${
  visitor.viewedBy === undefined &&
  html`<form method="post" action="/identity">${frame.csrfField()}
<button${isDone && html` class="second"`}>${newest === undefined ? 'Confirm with SEEK Pass' : 'Confirm again with SEEK Pass'}</button></form>`
}
<p class="quiet">We compare the name and the date of birth, and keep whether they match.</p></div>`,
  });
}
