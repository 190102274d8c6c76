import type { Core } from '@strapi/strapi';
import { sampleCourses } from './courses';
import { sampleLearners } from './learners';

/** Gives an empty site courses, learners and what they completed. A site that has courses is left as it is. */
export async function fillSite(strapi: Core.Strapi): Promise<void> {
  if ((await strapi.documents('api::course.course').count({})) > 0) return;
  // In one transaction: half a site would be left as it is the next time, and SQLite waits for the disk once only.
  await strapi.db.transaction(() => fill(strapi));
  strapi.log.info(`The site has ${sampleCourses.length} courses and ${sampleLearners.length} learners now.`);
}

async function fill(strapi: Core.Strapi): Promise<void> {
  const courses: string[] = [];
  for (const data of sampleCourses) {
    const course = await strapi.documents('api::course.course').create({ data, status: 'published' });
    courses.push(course.documentId);
  }
  for (const [at, data] of sampleLearners.entries()) {
    const learner = await strapi.documents('api::learner.learner').create({ data });
    // Most have passed; every tenth has not finished, and stays a draft.
    const passed = at % 10 !== 9;
    const course = at % courses.length;
    await strapi.documents('api::completion.completion').create({
      data: {
        reference: `2026/${sampleCourses[course]?.code}/${data.studentNumber}`,
        learner: learner.documentId,
        course: courses[course],
        outcome: passed ? 'passed' : 'enrolled',
        ...(passed ? { completedOn: `2026-${String((at % 9) + 1).padStart(2, '0')}-15` } : {}),
      },
      status: passed ? 'published' : 'draft',
    });
  }
}
