import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '@seek-pass-kit/sandbox';

const folder = join(import.meta.dirname, '../../../../examples/strapi-campus');

/** The example site, as `npm run campus` starts it, on an empty database. */
export interface RunningCampus {
  readonly url: string;
  readonly sandbox: Sandbox;
  /** The first administrator. */
  readonly email: string;
  readonly password: string;
  /** Everything that it has printed. */
  readonly printed: () => string;
  close(): Promise<void>;
}

/** Starts it; `env` changes its environment, `undefined` leaves a variable out. The example and the plugin must have been built. */
export async function startCampus(
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<RunningCampus> {
  if (!existsSync(join(folder, 'dist/config'))) {
    throw new Error(
      'The example site is not built: run "npx turbo build --filter=@seek-pass-kit/strapi-campus".',
    );
  }
  const data = await mkdtemp(join(tmpdir(), 'seek-pass-campus-'));
  const sandbox = await startSandbox();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [email, password] = ['staff@banksia.example', `Aa1-${randomBytes(9).toString('base64url')}`];
  const secret = () => randomBytes(24).toString('base64url');
  let printed = '';
  const strapi = createRequire(join(folder, 'package.json')).resolve('@strapi/strapi/package.json');
  const campus = spawn(process.execPath, [join(strapi, '../bin/strapi.js'), 'start'], {
    cwd: folder,
    env: {
      ...process.env,
      // Vitest's own would make Strapi ask for other settings.
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: url,
      DATABASE_FILENAME: join(data, 'site.db'),
      APP_KEYS: secret(),
      ADMIN_JWT_SECRET: secret(),
      API_TOKEN_SALT: secret(),
      TRANSFER_TOKEN_SALT: secret(),
      JWT_SECRET: secret(),
      ENCRYPTION_KEY: randomBytes(32).toString('hex'),
      ADMIN_EMAIL: email,
      ADMIN_PASSWORD: password,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(sandbox.smtpPort),
      SEEK_PASS_KEY_FILE: join(data, 'keys.json'),
      STRAPI_TELEMETRY_DISABLED: 'true',
      ...env,
    },
  });
  for (const stream of [campus.stdout, campus.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
    });
  }
  const close = async () => {
    await end(campus);
    await sandbox.close();
    await rm(data, { recursive: true, force: true });
  };
  try {
    await untilReady(url, campus);
  } catch (error) {
    await close();
    throw new Error(`The example site did not start. It printed:\n${printed}`, { cause: error });
  }
  return { url, sandbox, email, password, printed: () => printed, close };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilReady(url: string, campus: ChildProcess): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (campus.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(`${url}/_health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 250);
    });
  }
  throw new Error(campus.exitCode === null ? 'It did not answer in time.' : 'It ended.');
}

async function end(campus: ChildProcess): Promise<void> {
  if (campus.exitCode !== null || campus.signalCode !== null) return;
  const ended = once(campus, 'exit');
  campus.kill('SIGTERM');
  await ended;
}
