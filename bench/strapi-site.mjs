import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNamespace } from '@seek-pass-kit/core';
import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { startSandbox } from '@seek-pass-kit/sandbox';

const plugin = fileURLToPath(new URL('../packages/strapi-plugin/', import.meta.url));
/** Strapi's ESM build imports folders, which Node refuses. */
const { createStrapi } = createRequire(`${plugin}package.json`)('@strapi/strapi');

/** Says how a completion of the site becomes a credential. */
const mapping = {
  name: 'short-course',
  title: 'Short course',
  contentType: 'api::completion.completion',
  credentialType: 'microcredential',
  enabled: true,
  targets: {
    full_name: { field: 'learner.fullName' },
    email: { field: 'learner.email' },
    issuer_name: { text: 'Wattle Bay Training' },
    microcredential_name: { field: 'course.title' },
    issue_date: { field: 'completedOn' },
  },
};

/** A real Strapi in this process with the built plugin, on an SQLite file, over the sandbox. `panel`: with its pages, when they are built. */
export async function startStrapiSite({ panel = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-bench-'));
  const site = join(plugin, 'fixtures/site');
  const sandbox = await startSandbox();
  const { baseUrl, clientId, clientSecret } = sandbox;
  Object.assign(process.env, {
    DATABASE_CLIENT: 'sqlite',
    DATABASE_FILENAME: join(folder, 'site.db'),
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    STRAPI_TELEMETRY_DISABLED: 'true',
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
      mappings: [mapping],
    }),
  });
  const strapi = await createStrapi({ appDir: site, distDir: site, serveAdminPanel: panel }).load();
  strapi.server.mount();
  const server = strapi.server.httpServer;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    strapi,
    url,
    sandbox,
    admin: await firstAdministrator(strapi, url),
    async close() {
      await strapi.destroy();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody who may do everything, and asks routes. */
async function firstAdministrator(strapi, url) {
  const email = 'admin@staff.example';
  const password = `Aa1${randomUUID()}`;
  const role = await strapi.service('admin::role').getSuperAdmin();
  await strapi.service('admin::user').create({
    email,
    password,
    firstname: 'Ada',
    lastname: 'Admin',
    isActive: true,
    roles: [role.id],
  });
  const answer = await fetch(`${url}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { data } = await answer.json();
  const authorization = `Bearer ${data.accessToken ?? data.token}`;
  return {
    email,
    password,
    async ask(path, { method = 'GET', body } = {}) {
      const response = await fetch(url + path, {
        method,
        headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
      return text;
    },
  };
}
