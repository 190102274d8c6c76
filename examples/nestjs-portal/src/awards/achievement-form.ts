import type { AwardProblem } from '@seek-pass-kit/flows';
import type { CoursesService } from '../courses/courses.service.ts';
import type { StudentsService } from '../students/students.service.ts';
import type { FieldProblem } from '../web/form-field.ts';
import type { Achievement } from './award-record.ts';

/** The form as it came: every field is there, and any of them may be nonsense. */
export interface AchievementForm {
  readonly studentId: string;
  readonly courseCode: string;
  readonly completedOn: string;
  readonly nameOnCredential: string;
  readonly withHonours: boolean;
  /** Give it although it was withdrawn before. */
  readonly reissue: boolean;
  /** Names this press of the button: pressed twice, it is one run, and nobody is mailed twice. */
  readonly runId: string;
}

export function readAchievementForm(body: Readonly<Record<string, unknown>>): AchievementForm {
  const text = (name: string) => {
    const value = body[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    studentId: text('studentId'),
    courseCode: text('courseCode'),
    completedOn: text('completedOn'),
    nameOnCredential: text('nameOnCredential'),
    withHonours: text('withHonours') === 'yes',
    reissue: text('reissue') === 'yes',
    runId: text('runId'),
  };
}

/** What this portal itself has to know before it can ask the kit: whom and what the form means. */
export function checkAchievementForm(
  form: AchievementForm,
  students: StudentsService,
  courses: CoursesService,
): { readonly achievement: Achievement; readonly problems: readonly FieldProblem[] } {
  const { runId: _run, reissue: _reissue, ...achievement } = form;
  const problems: FieldProblem[] = [];
  const student = students.find(form.studentId);
  if (student === undefined) problems.push({ field: 'studentId', text: 'Choose a student.' });
  const course = courses.find(form.courseCode);
  if (course === undefined) problems.push({ field: 'courseCode', text: 'Choose what was completed.' });
  if (form.completedOn === '') problems.push({ field: 'completedOn', text: 'Choose the day.' });
  if (course?.kind === 'short course' && form.withHonours) {
    problems.push({ field: 'withHonours', text: 'Only degrees are given with honours.' });
  }
  const nameOnCredential = form.nameOnCredential === '' ? (student?.fullName ?? '') : form.nameOnCredential;
  return { achievement: { ...achievement, nameOnCredential }, problems };
}

/** Which field of the form a field of the credential came from. */
const fieldOf: Readonly<Record<string, string>> = {
  full_name: 'nameOnCredential',
  course_name: 'courseCode',
  microcredential_name: 'courseCode',
  conferral_year: 'completedOn',
  issue_date: 'completedOn',
  with_honours: 'withHonours',
};

/** What the kit says of a credential, beside the fields of the form. */
export function fieldProblems(problems: readonly AwardProblem[]): FieldProblem[] {
  return problems.map(({ path, code, message, remedy }) => {
    if (code === 'withdrawn') {
      return { field: 'reissue', text: 'This was withdrawn before. Tick this if it is to be given again.' };
    }
    const name = path.replace('credential.fields.', '');
    const field = fieldOf[name] ?? (path.startsWith('recipient') ? 'studentId' : 'form');
    // The field stands beside it: its name on the wire says nothing to staff.
    const said = message.startsWith(`${name} `) ? message.slice(name.length + 1) : message;
    return { field, text: `It ${said}. ${remedy}` };
  });
}
