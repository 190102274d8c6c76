import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Entry } from '../../server/src/permissions/readable-entry.ts';
import { serviceOf } from '../../server/src/plugin-services.ts';
import { type Site, startSite } from '../site/start-site.ts';
import { courseMapping } from './course-mapping.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite({ config: { mappings: [courseMapping] } });
}, 60_000);
afterAll(() => site.close());

async function completion(of: { readonly publishCourse: boolean }): Promise<Entry> {
  const { strapi } = site;
  const user = await strapi.documents('plugin::users-permissions.user').create({
    data: {
      username: `mei-${Math.random()}`,
      email: `mei-${Math.random()}@example.com`,
      provider: 'local',
    } as never,
  });
  const learner = await strapi.documents('api::learner.learner' as never).create({
    data: {
      fullName: 'Mei Lin Tan',
      email: 'mei@example.com',
      studentNumber: `${Math.random()}`,
      user: user.documentId,
    } as never,
  });
  const course = await strapi.documents('api::course.course' as never).create({
    data: { title: 'First Aid', hours: 8 } as never,
    ...(of.publishCourse ? { status: 'published' } : {}),
  } as never);
  const { documentId } = await strapi.documents('api::completion.completion' as never).create({
    data: {
      reference: `C-${Math.random()}`,
      learner: learner.documentId,
      course: course.documentId,
      completedOn: '2026-05-02',
    } as never,
    status: 'published',
  } as never);
  const entry = await strapi.documents('api::completion.completion' as never).findOne({
    documentId,
    status: 'published',
    populate: serviceOf(strapi, 'mappings').populateOf(courseMapping) as never,
  });
  return entry as unknown as Entry;
}

test('a published entry becomes what SEEK Pass takes', async () => {
  const entry = await completion({ publishCourse: true });
  const reading = await serviceOf(site.strapi, 'mappings').readEntry(courseMapping, entry);
  expect(reading.findings).toEqual([]);
});
test('draft course', async () => {
  const entry = await completion({ publishCourse: false });
  const reading = await serviceOf(site.strapi, 'mappings').readEntry(courseMapping, entry);
});
