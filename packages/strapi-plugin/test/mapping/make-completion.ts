import type { Core } from '@strapi/types';

let made = 0;

/** What differs from a completion that can be issued. */
export interface CompletionParts {
  readonly fullName?: string;
  readonly course?: 'published' | 'draft' | 'none';
  readonly completedOn?: string | null;
}

/** A published completion of a learner who is linked to a user of the site. */
export async function makeCompletion(
  strapi: Core.Strapi,
  { fullName = 'Mei Lin Tan', course = 'published', completedOn = '2026-05-02' }: CompletionParts = {},
): Promise<{ readonly documentId: string; readonly userDocumentId: string }> {
  made += 1;
  const create = (uid: string, data: object, status?: 'published') =>
    strapi.documents(uid as never).create({ data, ...(status === undefined ? {} : { status }) } as never);
  const account = { username: `mei-${made}`, email: `account-${made}@example.com`, provider: 'local' };
  const user = await create('plugin::users-permissions.user', account);
  const learner = await create('api::learner.learner', {
    fullName,
    email: `mei-${made}@example.com`,
    studentNumber: `S-${made}`,
    taxNumber: 'secret-tax-number',
    user: user.documentId,
  });
  const taken =
    course === 'none'
      ? undefined
      : await create(
          'api::course.course',
          { title: 'First Aid', hours: 8 },
          course === 'published' ? 'published' : undefined,
        );
  const { documentId } = await create(
    'api::completion.completion',
    {
      reference: `C-${made}`,
      learner: learner.documentId,
      completedOn,
      ...(taken === undefined ? {} : { course: taken.documentId }),
    },
    'published',
  );
  return { documentId, userDocumentId: user.documentId };
}
