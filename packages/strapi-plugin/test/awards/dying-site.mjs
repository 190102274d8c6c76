// A site that issues an award and dies at once, before it can note which entry the award came from. Prints the document id of the entry first.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { createStrapi } = createRequire(import.meta.url)('@strapi/strapi');
const folder = join(import.meta.dirname, '../../fixtures/site');
const strapi = await createStrapi({ appDir: folder, distDir: folder, serveAdminPanel: false }).load();

const create = (uid, data) => strapi.documents(uid).create({ data, status: 'published' });
const learner = await create('api::learner.learner', {
  fullName: 'Mei Lin Tan',
  email: 'mei@example.com',
  studentNumber: '1',
});
const course = await create('api::course.course', { title: 'First Aid', hours: 8 });
const { documentId } = await create('api::completion.completion', {
  reference: 'C-1',
  learner: learner.documentId,
  course: course.documentId,
  completedOn: '2026-05-02',
});
process.stdout.write(`entry ${documentId}\n`);

const plugin = strapi.plugin('seek-pass');
const { addFlow } = plugin.service('connection').required();
const award = addFlow.award.bind(addFlow);
addFlow.award = async (...issuing) => {
  await award(...issuing);
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => undefined);
};
await plugin.service('entry-awards').issue({
  contentType: 'api::completion.completion',
  documentId,
  mapping: 'short-course',
  who: 'strapi:1',
});
