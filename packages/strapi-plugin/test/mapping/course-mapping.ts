import type { Mapping } from '../../contract/mapping.ts';

/** How a completion of the site becomes a microcredential. */
export const courseMapping: Mapping = {
  name: 'short-course',
  title: 'Short course',
  contentType: 'api::completion.completion',
  credentialType: 'microcredential',
  enabled: true,
  targets: {
    full_name: { field: 'learner.fullName' },
    email: { field: 'learner.email' },
    user: { field: 'learner.user' },
    'known_facts.student_number': { field: 'learner.studentNumber' },
    issuer_name: { text: 'Wattle Bay Training' },
    microcredential_name: { template: '{course.title} – {course.hours} hours' },
    issue_date: { field: 'completedOn' },
  },
};
