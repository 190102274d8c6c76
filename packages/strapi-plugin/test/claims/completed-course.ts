import { randomUUID } from 'node:crypto';
import { serviceOf } from '../../server/src/plugin-services.ts';
import type { Site } from '../site/start-site.ts';
import { courseMapping } from '../mapping/course-mapping.ts';

/** Content of the site, as staff made it. */
export interface CompletedCourse {
  readonly learnerId: string;
  readonly completionId: string;
  /** Of the award that was issued from the completion. */
  readonly awardId: string;
}

/** Staff enter a learner, link the user or nobody, publish the completion and issue its award. */
export async function completedCourse(
  { strapi }: Pick<Site, 'strapi'>,
  {
    user,
    email = 'lan@learners.example',
    title = 'Forklift Safety',
  }: { user: string | null; email?: string; title?: string },
): Promise<CompletedCourse> {
  const documents = (uid: string) => strapi.documents(uid as never);
  const learner = await documents('api::learner.learner').create({
    data: { fullName: 'Nguyễn Thị Lan', email, studentNumber: randomUUID(), user } as never,
  });
  const course = await documents('api::course.course').create({
    data: { title, hours: 8 } as never,
    status: 'published',
  } as never);
  const completion = await documents('api::completion.completion').create({
    data: {
      reference: randomUUID(),
      learner: learner.documentId,
      course: course.documentId,
      completedOn: '2026-05-02',
    } as never,
    status: 'published',
  } as never);
  const issued = await serviceOf(strapi, 'entry-awards').issue({
    contentType: courseMapping.contentType,
    documentId: completion.documentId,
    mapping: courseMapping.name,
    who: 'strapi:1',
  });
  if (issued.awardId === undefined) throw new Error(JSON.stringify(issued.findings));
  return { learnerId: learner.documentId, completionId: completion.documentId, awardId: issued.awardId };
}
