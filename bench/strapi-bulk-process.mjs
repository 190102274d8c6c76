/**
 * Issues entries in bulk on a real Strapi over SQLite, in a process of its own, while an administrator asks for a list again and again:
 * `node strapi-bulk-process.mjs <entries>`. The last line of its output is JSON. The plugin must have been built.
 */
import { createRequire } from 'node:module';
import { startStrapiSite } from './strapi-site.mjs';

const total = Number(process.argv[2]);
const uid = 'api::completion.completion';
const site = await startStrapiSite();
site.strapi.log.level = 'error';
// In the place of the site's provider, which only keeps mails: over SMTP into the inbox of the sandbox.
const flows = new URL('../packages/flows/package.json', import.meta.url);
const { createTransport } = createRequire(flows)('nodemailer');
const smtp = createTransport({
  host: '127.0.0.1',
  port: site.sandbox.smtpPort,
  pool: true,
  ignoreTLS: true,
});
site.strapi.plugin('email').provider = {
  send: (message) => smtp.sendMail({ from: 'staff@example.edu', ...message }),
};

const create = (type, data) => site.strapi.documents(type).create({ data, status: 'published' });
const course = await create('api::course.course', { title: 'First Aid', hours: 8 });
const letters = (number) => String(number).replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)]);
for (let at = 0; at < total; at += 1) {
  const learner = await create('api::learner.learner', {
    fullName: `Wulan S${letters(at)}`,
    email: `learner${at}@learners.example`,
    studentNumber: `S${at}`,
  });
  const of = { learner: learner.documentId, course: course.documentId };
  await create(uid, { reference: `C-${at}`, completedOn: '2026-05-02', ...of });
}

const ask = async (path, options) => JSON.parse(await site.admin.ask(path, options));
const post = (path, body = {}) => ask(path, { method: 'POST', body });
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const settled = async (id) => {
  for (;;) {
    const run = await ask(`/seek-pass/runs/${id}`);
    if (run.state !== 'checking' && run.state !== 'issuing') return run;
    await pause(100);
  }
};
/** Asks for a list until `signal` ends it; how long each answer took. */
const waitsUntil = async (signal) => {
  const waits = [];
  while (!signal.aborted) {
    const begin = performance.now();
    await ask(`/content-manager/collection-types/${uid}?pageSize=25`);
    waits.push(performance.now() - begin);
    await pause(50);
  }
  return waits;
};

const started = { source: 'filter', contentType: uid, mapping: 'short-course', query: {} };
const looked = await settled((await post('/seek-pass/runs', started)).id);
const issuing = new AbortController();
const asked = waitsUntil(issuing.signal);
const begin = performance.now();
await post(`/seek-pass/runs/${looked.id}/confirm`, { awards: total });
let run = await settled(looked.id);
if (run.state === 'paused') {
  await post(`/seek-pass/runs/${looked.id}/resume`);
  run = await settled(looked.id);
}
while (site.sandbox.control.mails.list().length < total) await pause(50);
const seconds = (performance.now() - begin) / 1000;
issuing.abort();
const waits = (await asked).sort((one, next) => one - next);
if (run.results.created !== total) throw new Error('Not every entry of the bench was issued.');
console.log(`\n${JSON.stringify({ seconds, p95: waits[Math.floor(waits.length * 0.95)] ?? 0 })}`);
await site.close();
process.exit(0);
