import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNamespace } from '@seek-pass-kit/core';
import { generateClaimKey, generateKeyRing } from '@seek-pass-kit/flows';
import { type Sandbox, startSandbox } from '@seek-pass-kit/sandbox';

const program = fileURLToPath(new URL('../../../../examples/nestjs-portal/dist/main.mjs', import.meta.url));

/** The example portal as its own process, with a sandbox in this one and an embedded database. */
export interface RunningPortal {
  readonly url: string;
  readonly sandbox: Sandbox;
  /** What it has logged until now, a line of JSON for each entry. */
  readonly log: () => string;
  /** Ends it as a terminal or an orchestrator does; gives how it ended. */
  readonly stop: () => Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Stops it and removes what it stored. */
  readonly close: () => Promise<void>;
}

/** Starts the built portal and waits until it is healthy. */
export async function startPortal(): Promise<RunningPortal> {
  if (!existsSync(program)) {
    throw new Error('The portal is not built: run "npx turbo build --filter=@seek-pass-kit/nestjs-portal".');
  }
  const sandbox = await startSandbox({ clientName: 'Wattle Bay University' });
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-portal-'));
  // Root runs the database as another user, who has to get through.
  await chmod(folder, 0o711);
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: process.env['TMPDIR'],
      EMBEDDED_FOLDER: join(folder, 'postgres'),
      PORTAL_URL: url,
      SESSION_KEY: randomBytes(32).toString('base64url'),
      SEEK_PASS_ENVIRONMENT: 'sandbox',
      SEEK_PASS_BASE_URL: sandbox.baseUrl,
      SEEK_PASS_CLIENT_ID: sandbox.clientId,
      SEEK_PASS_CLIENT_SECRET: sandbox.clientSecret,
      SEEK_PASS_KEY_RING: generateKeyRing(),
      SEEK_PASS_CLAIM_KEY: generateClaimKey(),
      SEEK_PASS_NAMESPACE: createNamespace({ environment: 'sandbox', clientId: sandbox.clientId }),
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(sandbox.smtpPort),
      SMTP_FROM: 'registry@wattlebay.example',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const stop = async () => {
    if (isRunning(child)) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    return { code: child.exitCode, signal: child.signalCode };
  };
  const close = async () => {
    await stop();
    await stopDatabase(join(folder, 'postgres'));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    await sandbox.close();
  };
  try {
    await untilHealthy(url, child);
  } catch (error) {
    await close();
    throw new Error(`The portal did not start:\n${said}`, { cause: error });
  }
  return { url, sandbox, log: () => said, stop, close };
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600 && isRunning(child); tries += 1) {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It ended, or was not healthy within a minute.');
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** It stops by itself with the portal; after a crash it would run on. */
async function stopDatabase(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'cluster/data/postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (pid > 1) process.kill(pid, 'SIGQUIT');
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
