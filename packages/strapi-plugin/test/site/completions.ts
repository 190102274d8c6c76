import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/types';

/** Who completed which course. */
export interface CompletionData {
  readonly fullName?: string;
  readonly email?: string;
  readonly title?: string;
  readonly completedOn?: string;
  /** Default: published. */
  readonly status?: 'draft' | 'published';
  /** The administrator who made it. */
  readonly createdBy?: number;
}

/** A completion of the site, with the learner and the course that it belongs to. */
export interface Completion {
  readonly documentId: string;
  readonly learner: string;
  readonly course: string;
}

/** Stores a completion, as staff do in the Content Manager. */
export async function createCompletion(strapi: Core.Strapi, data: CompletionData = {}): Promise<Completion> {
  const {
    fullName = 'Mei Lin Tan',
    email = `${randomUUID()}@example.com`,
    title = 'First Aid',
    completedOn = '2026-05-02',
    status = 'published',
    createdBy,
  } = data;
  const create = async (uid: string, values: object, options: object = {}) => {
    const documents = strapi.documents(uid as 'api::course.course');
    return (await documents.create({ data: values, ...options } as never)).documentId;
  };
  const learner = await create('api::learner.learner', { fullName, email, studentNumber: randomUUID() });
  const course = await create('api::course.course', { title, hours: 8 }, { status: 'published' });
  const documentId = await create(
    'api::completion.completion',
    {
      reference: randomUUID(),
      learner,
      course,
      completedOn,
      ...(createdBy === undefined ? {} : { createdBy }),
    },
    { status },
  );
  return { documentId, learner, course };
}
