import type { Site } from '../site/start-site.ts';

/** Somebody who completed a course, and the award of it. */
export interface IssuedCompletion {
  readonly documentId: string;
  readonly awardId: string;
}

/** What of {@link issueCompletion} differs from one to the next. */
export interface Completion {
  readonly fullName: string;
  readonly email: string;
  readonly course: string;
  /** Administrator who made the entry; conditions of roles go by it. */
  readonly createdBy?: number;
  readonly who?: string;
}

interface EntryAwards {
  issue(issuing: object): Promise<{ readonly awardId?: string; readonly findings: unknown }>;
}

let counted = 0;

/** Makes a course, a learner and a published completion in the site, and issues it past the pages of staff. */
export async function issueCompletion(
  { strapi }: Pick<Site, 'strapi'>,
  { fullName, email, course, createdBy, who = 'strapi:1' }: Completion,
): Promise<IssuedCompletion> {
  counted += 1;
  const made = async (uid: string, data: object) =>
    strapi
      .documents(uid as 'api::completion.completion')
      .create({ data: data as never, status: 'published' });
  const courseEntry = await made('api::course.course', { title: course, code: `C${counted}`, hours: 8 });
  const learner = await made('api::learner.learner', {
    fullName,
    email,
    studentNumber: `S-${counted}`,
  });
  const { documentId } = await made('api::completion.completion', {
    reference: `R-${counted}`,
    course: courseEntry.documentId,
    learner: learner.documentId,
    completedOn: '2026-02-20',
    outcome: 'passed',
    ...(createdBy === undefined ? {} : { createdBy }),
  });
  const issuing = {
    contentType: 'api::completion.completion',
    documentId,
    mapping: 'short-course',
    who,
  };
  const { awardId, findings } = await strapi
    .plugin('seek-pass')
    .service<EntryAwards>('entry-awards')
    .issue(issuing);
  if (awardId === undefined) throw new Error(JSON.stringify(findings));
  return { documentId, awardId };
}
