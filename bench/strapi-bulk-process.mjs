/**
 * Issues entries in bulk on a real Strapi over SQLite, in a process of its own, while an administrator asks for a list again and again:
 * `node strapi-bulk-process.mjs <entries>`. The last line of its output is JSON. The plugin must have been built.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNamespace } from '@seek-pass-kit/core';
import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { startSandbox } from '@seek-pass-kit/sandbox';

const total = Number(process.argv[2]);
const plugin = fileURLToPath(new URL('../packages/strapi-plugin/', import.meta.url));
const site = join(plugin, 'fixtures/site');
const { createStrapi } = createRequire(join(plugin, 'package.json'))('@strapi/strapi');
const uid = 'api::completion.completion';
const folder = await mkdtemp(join(tmpdir(), 'seek-pass-bench-'));
const sandbox = await startSandbox();
const { clientId, clientSecret, baseUrl } = sandbox;
Object.assign(process.env, {
  STRAPI_TELEMETRY_DISABLED: 'true',
  DATABASE_CLIENT: 'sqlite',
  DATABASE_FILENAME: join(folder, 'site.db'),
  ENCRYPTION_KEY: randomBytes(32).toString('hex'),
  SEEK_PASS_CONFIG: JSON.stringify({
    environment: 'sandbox',
    baseUrl,
    clientId,
    clientSecret,
    keys: generateKeyRing(),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    claimKey: generateClaimKey(),
    claimBaseUrl: 'http://127.0.0.1/claim',
    brand: { name: 'Wattle Bay Training' },
    mappings: [
      {
        name: 'short-course',
        title: 'Short course',
        contentType: uid,
        credentialType: 'microcredential',
        enabled: true,
        targets: {
          full_name: { field: 'learner.fullName' },
          email: { field: 'learner.email' },
          issuer_name: { text: 'Wattle Bay Training' },
          microcredential_name: { field: 'course.title' },
          issue_date: { field: 'completedOn' },
        },
      },
    ],
  }),
});
const strapi = await createStrapi({ appDir: site, distDir: site, serveAdminPanel: false }).load();
strapi.log.level = 'error';
strapi.server.mount();
await new Promise((resolve) => strapi.server.httpServer.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${strapi.server.httpServer.address().port}`;

const create = (type, data) => strapi.documents(type).create({ data, status: 'published' });
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
const role = await strapi.service('admin::role').getSuperAdmin();
const login = { email: 'staff@example.edu', password: `Aa1${randomBytes(9).toString('hex')}` };
await strapi
  .service('admin::user')
  .create({ ...login, firstname: 'Staff', lastname: 'Member', isActive: true, roles: [role.id] });
const headers = { 'content-type': 'application/json' };
const ask = async (method, path, body) => {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(url + path, { method, headers, ...sent });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}.`);
  return answer.json();
};
const { data } = await ask('POST', '/admin/login', login);
headers.authorization = `Bearer ${data.accessToken ?? data.token}`;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const settled = async (id) => {
  for (;;) {
    const run = await ask('GET', `/seek-pass/runs/${id}`);
    if (run.state !== 'checking' && run.state !== 'issuing') return run;
    await pause(100);
  }
};
let asking = true;
const waits = [];
const askOn = async () => {
  while (asking) {
    const begin = performance.now();
    await ask('GET', `/content-manager/collection-types/${uid}?pageSize=25`);
    waits.push(performance.now() - begin);
    await pause(50);
  }
};

const looked = await settled(
  (
    await ask('POST', '/seek-pass/runs', {
      source: 'filter',
      contentType: uid,
      mapping: 'short-course',
      query: {},
    })
  ).id,
);
const other = askOn();
const begin = performance.now();
await ask('POST', `/seek-pass/runs/${looked.id}/confirm`, { awards: total });
let run = await settled(looked.id);
if (run.state === 'paused') {
  await ask('POST', `/seek-pass/runs/${looked.id}/resume`);
  run = await settled(looked.id);
}
while ((globalThis.sentMails ?? []).length < total) await pause(50);
const seconds = (performance.now() - begin) / 1000;
asking = false;
await other;
if (run.results.created !== total) throw new Error('Not every entry of the bench was issued.');
waits.sort((one, next) => one - next);
console.log(`\n${JSON.stringify({ seconds, p95: waits[Math.floor(waits.length * 0.95)] ?? 0 })}`);
await sandbox.close();
await rm(folder, { recursive: true, force: true });
process.exit(0);
