import { randomBytes } from 'node:crypto';
import type { Site } from '../site/start-site.ts';

/** What differs from one completion to the next. */
export interface CompletionOptions {
  readonly published?: boolean;
  readonly outcome?: 'enrolled' | 'passed' | 'failed';
  readonly email?: string;
  readonly fullName?: string;
  readonly completedOn?: string;
  /** Of the administrator. */
  readonly createdBy?: number;
}

const letters = 'abcdefghij';

/** A name that nobody shares, without digits. */
export function nameOf(at: number): string {
  return `Wulan S${String(at).replaceAll(/\d/g, (digit) => letters[Number(digit)] ?? '')}`;
}

/**
 * Makes completions with a learner each, and gives their document ids. Straight into the tables of Strapi: by its services a thousand take
 * longer than all that is tested with them.
 */
export async function makeCompletions(
  { strapi }: Pick<Site, 'strapi'>,
  count: number,
  options: (at: number) => CompletionOptions = () => ({}),
): Promise<string[]> {
  const knex = strapi.db.connection;
  const now = strapi.db.dialect.client === 'sqlite' ? Date.now() : new Date();
  const [before] = await knex('learners').count({ count: '*' });
  const course = await strapi.documents('api::course.course' as never).create({
    data: { title: 'First Aid', hours: 8 },
    status: 'published',
  } as never);
  const courses = await knex('courses').where({ document_id: course.documentId });
  const courseId = (published: boolean): unknown =>
    courses.find((row: { published_at: unknown }) => (row.published_at !== null) === published)?.id;
  const insert = async (name: string, rows: readonly object[]): Promise<void> => {
    for (let from = 0; from < rows.length; from += 100) await knex(name).insert(rows.slice(from, from + 100));
  };
  const saved = { created_at: now, updated_at: now };
  const made = Array.from({ length: count }, (_, at) => {
    const number = Number(before?.['count'] ?? 0) + at;
    return { ...options(at), number, documentId: randomBytes(12).toString('hex') };
  });
  await insert(
    'learners',
    made.map(({ number, documentId, email, fullName }) => ({
      ...saved,
      published_at: now,
      document_id: `l${documentId}`,
      full_name: fullName ?? nameOf(number),
      email: email ?? `learner${number}@learners.example`,
      student_number: `S${number}`,
    })),
  );
  const learners = await idsOf(knex, 'learners');
  for (const published of [false, true]) {
    const versions = made.filter((one) => !published || one.published !== false);
    await insert(
      'completions',
      versions.map(({ number, documentId, outcome = 'passed', completedOn = '2026-05-02', createdBy }) => ({
        ...saved,
        published_at: published ? now : null,
        document_id: documentId,
        reference: `C-${String(number).padStart(5, '0')}`,
        outcome,
        completed_on: completedOn,
        created_by_id: createdBy ?? null,
      })),
    );
    const completions = await idsOf(knex, 'completions', published);
    const ids = versions.map(({ documentId }) => [
      completions.get(documentId),
      learners.get(`l${documentId}`),
    ]);
    await insert(
      'completions_learner_lnk',
      ids.map(([completion, learner]) => ({ completion_id: completion, learner_id: learner })),
    );
    await insert(
      'completions_course_lnk',
      ids.map(([completion]) => ({ completion_id: completion, course_id: courseId(published) })),
    );
  }
  return made.map(({ documentId }) => documentId);
}

async function idsOf(
  knex: Site['strapi']['db']['connection'],
  name: string,
  published?: boolean,
): Promise<ReadonlyMap<string, number>> {
  const query = knex(name).select('id', 'document_id');
  if (published === true) query.whereNotNull('published_at');
  if (published === false) query.whereNull('published_at');
  const rows = (await query) as ReadonlyArray<{ readonly id: number; readonly document_id: string }>;
  return new Map(rows.map(({ id, document_id: documentId }) => [documentId, id]));
}
