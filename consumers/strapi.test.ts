import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const campus = join(root, 'examples/strapi-campus');
const ours = ['core', 'flows', 'strapi-plugin'] as const;
const tarball = (name: string): string => join(root, 'packages', name, 'packed/package.tgz');

/** `PROVE=full`: everything comes from npm, and the administration is built: minutes. Otherwise Strapi is the one of this repository. */
const full = process.env['PROVE'] === 'full';

let project: string | undefined;
let site: ChildProcess | undefined;
afterEach(async () => {
  if (site?.exitCode === null) {
    site.kill('SIGTERM');
    await once(site, 'exit');
  }
  if (project !== undefined) rmSync(project, { recursive: true, force: true });
});

test('the packed plugin in a plain npm Strapi site starts, migrates its tables, and answers staff only', {
  timeout: full ? 900_000 : 120_000,
}, async () => {
  project = mkdtempSync(join(tmpdir(), 'seek-pass-kit-strapi-'));
  for (const name of ['src', 'config', 'public', 'tsconfig.json'])
    cpSync(join(campus, name), join(project, name), { recursive: true });
  if (full) installAll(project);
  else installOurs(project);

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const strapi = join(project, 'node_modules/@strapi/strapi/bin/strapi.js');
  const env = environment(project, port);
  if (full) execFileSync(process.execPath, [strapi, 'build'], { cwd: project, env, stdio: 'pipe' });
  site = spawn(process.execPath, [strapi, 'start'], { cwd: project, env });
  let printed = '';
  for (const stream of [site.stdout, site.stderr]) {
    stream?.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
    });
  }
  await expect
    .poll(
      () =>
        fetch(`${url}/_health`).then(
          ({ status }) => status,
          () => printed,
        ),
      {
        timeout: 90_000,
        interval: 250,
      },
    )
    .toBe(204);

  expect((await fetch(`${url}/seek-pass/state`)).status).toBe(401);
  const token = await logIn(url);
  const state = await fetch(`${url}/seek-pass/state`, { headers: { authorization: `Bearer ${token}` } });
  expect(state.status).toBe(200);
  expect(await state.json()).toMatchObject({ connected: false });
  for (const built of full ? ['/admin'] : []) expect((await fetch(url + built)).status).toBe(200);
});

/** As a stranger does: everything of package.json from npm, our packages from their tarballs. */
function installAll(folder: string): void {
  const manifest = JSON.parse(readFileSync(join(campus, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  const { '@types/node': _catalog, ...devDependencies } = manifest.devDependencies;
  const tarballs = Object.fromEntries(
    ours.map((name) => [`@seek-pass-kit/${name}`, `file:${tarball(name)}`]),
  );
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      ...manifest,
      name: 'plain-site',
      dependencies: { ...manifest.dependencies, ...tarballs },
      devDependencies,
    }),
  );
  npm(folder, 'install', '--no-audit', '--no-fund', '--prefer-offline');
}

/** Our packages with their dependencies from npm, and Strapi as it is in this repository. */
function installOurs(folder: string): void {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'plain-site', private: true, strapi: { telemetryDisabled: true } }),
  );
  npm(
    folder,
    'install',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--legacy-peer-deps',
    '--omit=optional',
    ...ours.map(tarball),
  );
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const theirs = [
    '@strapi/plugin-users-permissions',
    '@strapi/provider-email-nodemailer',
    '@strapi/strapi',
    'better-sqlite3',
  ];
  for (const name of theirs) {
    manifest.dependencies[name] = '*';
    link(folder, name, join(campus, 'node_modules', name));
  }
  link(folder, '@strapi/utils', join(root, 'packages/strapi-plugin/node_modules/@strapi/utils'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  // What `strapi build` makes besides the administration.
  cpSync(join(campus, 'dist'), join(folder, 'dist'), { recursive: true });
  // Strapi looks for plugins from where it is itself, which is in this repository, where ours is too.
  const config = join(folder, 'dist/config');
  renameSync(join(config, 'plugins.js'), join(config, '../plugins-of-campus.js'));
  const plugin = join(folder, 'node_modules/@seek-pass-kit/strapi-plugin');
  writeFileSync(
    join(config, 'plugins.js'),
    `const { default: plugins } = require('../plugins-of-campus.js');
module.exports = (site) => ({ ...plugins(site), 'seek-pass': { enabled: true, resolve: ${JSON.stringify(plugin)} } });
`,
  );
}

function link(folder: string, name: string, target: string): void {
  const path = join(folder, 'node_modules', name);
  mkdirSync(join(path, '..'), { recursive: true });
  symlinkSync(target, path);
}

function npm(folder: string, ...args: string[]): void {
  execFileSync('npm', args, { cwd: folder, stdio: 'pipe', env: { ...process.env, NODE_OPTIONS: '' } });
}

function environment(folder: string, port: number): NodeJS.ProcessEnv {
  const { SEEK_PASS_CLIENT_ID: _id, ...inherited } = process.env;
  return {
    ...inherited,
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_FILENAME: join(folder, 'site.db'),
    APP_KEYS: 'key-of-a-test',
    ADMIN_JWT_SECRET: 'secret-of-a-test',
    API_TOKEN_SALT: 'salt-of-a-test',
    TRANSFER_TOKEN_SALT: 'salt-of-a-test',
    JWT_SECRET: 'secret-of-a-test',
    ENCRYPTION_KEY: 'a'.repeat(64),
    ADMIN_EMAIL: 'staff@banksia.example',
    ADMIN_PASSWORD: 'Aa1-of-a-test',
    STRAPI_TELEMETRY_DISABLED: 'true',
  };
}

async function logIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'staff@banksia.example', password: 'Aa1-of-a-test' }),
  });
  const { data } = (await answer.json()) as { data: { accessToken?: string; token?: string } };
  return data.accessToken ?? data.token ?? '';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
