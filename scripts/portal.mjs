/**
 * `npm run portal`: the example portal of `examples/nestjs-portal` on this machine, with the sandbox in the place of SEEK Pass. Installs and builds
 * what is missing, starts both, and ends both with Ctrl+C. What is stored stays in `.seek-pass/portal` for the next time; `-- --fresh` forgets it.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { SetUpError, buildProgram, install, root, run } from './set-up.mjs';

const folder = join(root, '.seek-pass/portal');
const logFile = join(folder, 'portal.log');
const usualPort = 4790;
const startMs = 90_000;

function readOptions() {
  const options = { port: { type: 'string' }, fresh: { type: 'boolean', default: false } };
  const usage = 'Usage: npm run portal [-- --port 4790 --fresh]';
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new SetUpError(`${error.message}\n${usage}`);
  }
  const port = Number(values.port ?? usualPort);
  // The portal has this port, the sandbox the three after it.
  if (!Number.isInteger(port) || port < 1_024 || port > 65_532)
    throw new SetUpError(`The port must be from 1024 to 65532.\n${usage}`);
  return { port, fresh: values.fresh };
}

const built = (path) => import(pathToFileURL(join(root, path)));

/** The secrets of this portal: made once, and kept beside what they protect. */
async function readSecrets() {
  const file = join(folder, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const { createNamespace } = await built('packages/core/dist/index.mjs');
  const { generateClaimKey, generateKeyRing } = await built('packages/flows/dist/index.mjs');
  const clientId = `sandbox-portal-${randomBytes(6).toString('hex')}`;
  const secrets = {
    clientId,
    clientSecret: randomBytes(32).toString('hex'),
    keyRing: generateKeyRing(),
    claimKey: generateClaimKey(),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    sessionKey: randomBytes(32).toString('base64url'),
  };
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

async function startSandbox(port, { clientId, clientSecret }) {
  const sandboxModule = await built('packages/sandbox/dist/index.mjs');
  try {
    return await sandboxModule.startSandbox({
      port,
      clientId,
      clientSecret,
      clientName: 'Wattle Bay University',
      stateFile: join(folder, 'sandbox.json'),
    });
  } catch (error) {
    if (error instanceof sandboxModule.SandboxError) {
      throw new SetUpError(
        `The sandbox did not start. ${error.message}\nIf the portal is running already, end it first. Another port: npm run portal -- --port ${port + 999}`,
      );
    }
    throw error;
  }
}

function startPortal(url, sandbox, secrets) {
  const log = openSync(logFile, 'w', 0o600);
  return spawn(
    process.execPath,
    ['--enable-source-maps', join(root, 'examples/nestjs-portal/dist/main.mjs')],
    {
      cwd: folder,
      stdio: ['ignore', log, log],
      env: {
        EMBEDDED_FOLDER: join(folder, 'postgres'),
        ...process.env,
        PORTAL_URL: url,
        SESSION_KEY: secrets.sessionKey,
        SEEK_PASS_ENVIRONMENT: 'sandbox',
        SEEK_PASS_BASE_URL: sandbox.baseUrl,
        SEEK_PASS_CLIENT_ID: sandbox.clientId,
        SEEK_PASS_CLIENT_SECRET: sandbox.clientSecret,
        SEEK_PASS_KEY_RING: secrets.keyRing,
        SEEK_PASS_CLAIM_KEY: secrets.claimKey,
        SEEK_PASS_NAMESPACE: secrets.namespace,
        SMTP_HOST: '127.0.0.1',
        SMTP_PORT: String(sandbox.smtpPort),
        SMTP_FROM: 'registry@wattlebay.example',
      },
    },
  );
}

/** Until it answers; throws with the last of its log when it ends before. */
async function untilReady(url, portal) {
  const deadline = Date.now() + startMs;
  while (portal.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 250);
    });
  }
  const said = readFileSync(logFile, 'utf8').trim().split('\n').slice(-12).join('\n');
  throw new SetUpError(`The portal did not start. The end of ${relative(root, logFile)}:\n\n${said}`);
}

function box(title, lines) {
  const inside = Math.max(title.length, ...lines.map((line) => line.length));
  const wide = process.stdout.columns !== undefined && process.stdout.columns < inside + 4;
  if (wide) return [title, ...lines].join('\n');
  return [
    `╭─ ${title} ${'─'.repeat(inside - title.length - 1)}╮`,
    ...lines.map((line) => `│ ${line.padEnd(inside)} │`),
    `╰${'─'.repeat(inside + 2)}╯`,
  ].join('\n');
}

function show(url, sandbox) {
  const lines = [
    `Portal         ${url}`,
    `Wallet         ${sandbox.baseUrl}/wallet`,
    `Mail inbox     ${sandbox.inboxUrl}`,
    `Control panel  ${sandbox.controlUrl}`,
    '',
    `Students       ${url}/sign-in`,
    `Staff          ${url}/staff/sign-in`,
    `Log            ${relative(root, logFile)}`,
  ];
  console.log(box('The portal is running', lines));
  console.log(`
Be a student: sign in as Suharto (there is no password), press "Add to SEEK Pass", and choose Suharto in the wallet.
Be staff: sign in, issue a credential, withdraw it, verify an identity.
Ctrl+C ends it. What you did stays for the next time; "npm run portal -- --fresh" forgets it.`);
}

/** Resolves at the first Ctrl+C or SIGTERM. */
function untilStopped() {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

await run(async () => {
  const { port, fresh } = readOptions();
  if (process.env.NODE_ENV === 'production')
    throw new SetUpError('This is a trial with made-up people: unset NODE_ENV.');
  install('portal');
  buildProgram('portal');
  if (fresh) rmSync(folder, { recursive: true, force: true });
  // Root runs the database as another user, who has to get through.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const stopped = untilStopped();
  const secrets = await readSecrets();
  const sandbox = await startSandbox(port + 1, secrets);
  try {
    const url = `http://127.0.0.1:${port}`;
    const portal = startPortal(url, sandbox, secrets);
    const ended = new Promise((resolve) => {
      portal.once('exit', resolve);
    });
    try {
      await Promise.race([untilReady(url, portal), stopped]);
      if (portal.exitCode === null) show(url, sandbox);
      await Promise.race([stopped, ended]);
      if (portal.exitCode !== null)
        throw new SetUpError(`The portal ended by itself: see ${relative(root, logFile)}.`);
    } finally {
      portal.kill('SIGTERM');
      await ended;
    }
  } finally {
    await sandbox.close();
  }
});
