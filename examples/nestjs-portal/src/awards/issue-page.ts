import { randomUUID } from 'node:crypto';
import type { Credential } from '@seek-pass-kit/core';
import type { Course } from '../courses/course.ts';
import type { Student } from '../students/student.ts';
import { checkbox, choiceField, type FieldProblem, problemSummary, textField } from '../web/form-field.ts';
import type { Frame } from '../web/frame.decorator.ts';
import { type Html, html } from '../web/html.ts';
import { page } from '../web/page.ts';
import type { AchievementForm } from './achievement-form.ts';
import { credentialPreview } from './credential-preview.ts';

export interface IssuePage {
  readonly form: Partial<AchievementForm>;
  readonly students: readonly Student[];
  readonly courses: readonly Course[];
  readonly problems: readonly FieldProblem[];
  /** What was looked at, and may be issued as it is. */
  readonly preview?: Credential;
}

const labels = {
  studentId: 'Student',
  courseCode: 'What was completed',
  completedOn: 'Completed on',
  nameOnCredential: 'Name on the credential',
  withHonours: 'With honours',
  reissue: 'Issue again, although it was withdrawn',
};

export function issuePage(frame: Frame, { form, students, courses, problems, preview }: IssuePage): Html {
  const completedOn = form.completedOn ?? '';
  const asksToReissue = form.reissue === true || problems.some((problem) => problem.field === 'reissue');
  return page(frame, {
    title: 'Issue a credential',
    wrong: problems.length > 0,
    trail: html`<a href="/staff/credentials">Credentials</a>`,
    main: html`<div class="columns"><div>
${problemSummary(problems, labels)}
<form method="post" action="/staff/credentials/issue" class="card fields">${frame.csrfField()}
<input type="hidden" name="runId" value="${form.runId === undefined || form.runId === '' ? randomUUID() : form.runId}">
${choiceField({
  name: 'studentId',
  label: labels.studentId,
  problems,
  value: form.studentId ?? '',
  choices: students.map(({ id, fullName }) => ({ value: id, name: `${fullName} (${id})` })),
})}
${choiceField({
  name: 'courseCode',
  label: labels.courseCode,
  problems,
  value: form.courseCode ?? '',
  choices: courses.map(({ code, name, kind }) => ({ value: code, name: `${name} (${kind})` })),
})}
${textField({ name: 'completedOn', label: labels.completedOn, hint: 'Of a degree: the day of conferral.', problems, value: completedOn, type: 'date' })}
${textField({ name: 'nameOnCredential', label: labels.nameOnCredential, hint: 'Left empty: the name on record.', problems, value: form.nameOnCredential ?? '' })}
${checkbox({ name: 'withHonours', label: labels.withHonours, problems, checked: form.withHonours === true })}
${asksToReissue && checkbox({ name: 'reissue', label: labels.reissue, problems, checked: form.reissue === true })}
<p class="actions"><button name="step" value="look" class="second">Look at it first</button> <button name="step" value="issue">Issue</button></p>
</form></div>
<div>${preview === undefined ? hint : credentialPreview(preview)}</div></div>`,
  });
}

const hint = html`<aside class="note"><p><strong>Nothing is sent by looking.</strong> You see what would be issued. Issuing mails the student, who decides whether to add it to SEEK Pass.</p></aside>`;
