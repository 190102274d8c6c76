import type { Credential } from '@seek-pass-kit/core';
import type { AwardInput } from '@seek-pass-kit/flows';
import type { Course } from '../courses/course.ts';
import type { Student } from '../students/student.ts';
import { university } from '../web/university.ts';
import { type Achievement, awardKey } from './award-record.ts';

/** What is issued for an achievement: the one place where the university's records become a credential. */
export function awardInputOf(achievement: Achievement, student: Student, course: Course): AwardInput {
  return {
    key: awardKey(achievement),
    recipient: { fullName: student.fullName, email: student.email, subject: student.id },
    credential: credentialOf(achievement, course),
  };
}

function credentialOf(achievement: Achievement, course: Course): Credential {
  const { nameOnCredential, completedOn, withHonours } = achievement;
  if (course.kind === 'degree') {
    return {
      credential_type: 'education',
      fields: {
        full_name: nameOnCredential,
        education_provider: university.name,
        course_name: course.name,
        conferral_year: completedOn.slice(0, 4),
        ...(withHonours ? { with_honours: true } : {}),
      },
    };
  }
  return {
    credential_type: 'microcredential',
    fields: {
      full_name: nameOnCredential,
      issuer_name: university.name,
      microcredential_name: course.name,
      issue_date: completedOn,
    },
  };
}
