import type { AwardRecord } from '../awards/award-record.ts';
import { awardTable, type NamedAward } from '../awards/staff-award-pages.ts';
import type { Course } from '../courses/course.ts';
import type { Student } from '../students/student.ts';
import { type NamedVerification, verificationTable } from '../verifications/staff-verification-pages.ts';
import type { VerificationRecord } from '../verifications/verification-record.ts';
import { verificationBadge } from '../verifications/verification-words.ts';
import type { Frame } from '../web/frame.decorator.ts';
import { type Html, html } from '../web/html.ts';
import { page } from '../web/page.ts';
import { writtenDay } from '../web/written.ts';

export interface Overview {
  readonly students: ReadonlyArray<{
    readonly student: Student;
    readonly awards: readonly AwardRecord[];
    readonly verification: VerificationRecord | undefined;
  }>;
  readonly courses: ReadonlyArray<{ readonly course: Course; readonly awards: readonly AwardRecord[] }>;
}

export function overviewPage(frame: Frame, { students, courses }: Overview): Html {
  const studentRow = ({ student, awards, verification }: Overview['students'][number]) => html`<tr>
<th scope="row"><a href="/staff/students/${student.id}"><bdi>${student.fullName}</bdi></a></th>
<td data-label="Number">${student.id}</td><td data-label="Faculty">${student.faculty}</td>
<td data-label="In the wallet">${added(awards)}</td>
<td data-label="Identity">${verification === undefined ? html`<span class="quiet">Not checked</span>` : verificationBadge(verification.state)}</td></tr>`;
  const courseRow = ({ course, awards }: Overview['courses'][number]) => html`<tr>
<th scope="row">${course.name}</th><td data-label="Kind">${course.kind}</td><td data-label="In the wallet">${added(awards)}</td></tr>`;
  return page(frame, {
    title: 'Students and courses',
    main: html`<p class="actions"><a class="button" href="/staff/credentials/issue">Issue a credential</a></p>
<section><h2>Students</h2><table><thead><tr><th scope="col">Name</th><th scope="col">Number</th><th scope="col">Faculty</th><th scope="col">In the wallet</th><th scope="col">Identity</th></tr></thead>
<tbody>${students.map(studentRow)}</tbody></table></section>
<section><h2>Courses</h2><table><thead><tr><th scope="col">Course</th><th scope="col">Kind</th><th scope="col">In the wallet</th></tr></thead>
<tbody>${courses.map(courseRow)}</tbody></table></section>`,
  });
}

function added(awards: readonly AwardRecord[]): Html {
  if (awards.length === 0) return html`<span class="quiet">–</span>`;
  return html`${awards.filter(({ state }) => state === 'added').length} of ${awards.length}`;
}

export function studentPage(
  frame: Frame,
  student: Student,
  {
    awards,
    verifications,
  }: { readonly awards: readonly NamedAward[]; readonly verifications: readonly NamedVerification[] },
): Html {
  return page(frame, {
    title: student.fullName,
    trail: html`<a href="/staff">Students</a>`,
    main: html`<p class="lead">${student.id}, Faculty of ${student.faculty}, born ${writtenDay(student.dateOfBirth)}</p>
<div class="actions"><a class="button" href="/staff/credentials/issue?student=${student.id}">Issue a credential</a>
<form method="post" action="/staff/students/${student.id}/verify">${frame.csrfField()}<button class="second">Verify identity</button></form>
<form method="post" action="/staff/students/${student.id}/view">${frame.csrfField()}<button class="second">See the portal as this student</button></form></div>
<section><h2>Credentials</h2>${awardTable(awards)}</section>
<section><h2>Identity checks</h2>${verificationTable(verifications)}</section>`,
  });
}
