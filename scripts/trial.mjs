/**
 * What the trials have in common, `npm run portal` and `npm run campus`: a host of the kit on this machine, the sandbox in the place of SEEK
 * Pass, and both ended with Ctrl+C. What is stored stays in a folder for the next time.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { SetUpError, buildProgram, install, root } from './set-up.mjs';

/** Imports a file that was built just now. */
export const built = (path) => import(pathToFileURL(join(root, path)));

function readOptions(name, usualPort) {
  const options = { port: { type: 'string' }, fresh: { type: 'boolean', default: false } };
  const usage = `Usage: npm run ${name} [-- --port ${usualPort} --fresh]`;
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new SetUpError(`${error.message}\n${usage}`);
  }
  const port = Number(values.port ?? usualPort);
  // The host has this port, the sandbox the three after it.
  if (!Number.isInteger(port) || port < 1_024 || port > 65_532)
    throw new SetUpError(`The port must be from 1024 to 65532.\n${usage}`);
  return { port, fresh: values.fresh };
}

/** The secrets of a trial: made once, and kept beside what they protect. */
async function readSecrets(folder, make) {
  const file = join(folder, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const secrets = await make();
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

async function startSandbox(name, clientName, folder, port, { clientId, clientSecret }) {
  const sandboxModule = await built('packages/sandbox/dist/index.mjs');
  const stateFile = join(folder, 'sandbox.json');
  try {
    return await sandboxModule.startSandbox({ port, clientId, clientSecret, clientName, stateFile });
  } catch (error) {
    if (error instanceof sandboxModule.SandboxError) {
      throw new SetUpError(
        `The sandbox did not start. ${error.message}\nIf the ${name} is running already, end it first. Another port: npm run ${name} -- --port ${port + 999}`,
      );
    }
    throw error;
  }
}

/** Until it answers; throws with the last of its log when it ends before. */
async function untilReady(name, healthUrl, host, logFile) {
  const deadline = Date.now() + 90_000;
  while (host.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(healthUrl).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 250);
    });
  }
  const said = readFileSync(logFile, 'utf8').trim().split('\n').slice(-12).join('\n');
  throw new SetUpError(`The ${name} did not start. The end of ${relative(root, logFile)}:\n\n${said}`);
}

/** Resolves at the first Ctrl+C or SIGTERM. */
function untilStopped() {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

/** Lines in a frame, where the terminal is wide enough. */
export function box(title, lines) {
  const inside = Math.max(title.length, ...lines.map((line) => line.length));
  const wide = process.stdout.columns !== undefined && process.stdout.columns < inside + 4;
  if (wide) return [title, ...lines].join('\n');
  return [
    `╭─ ${title} ${'─'.repeat(inside - title.length - 1)}╮`,
    ...lines.map((line) => `│ ${line.padEnd(inside)} │`),
    `╰${'─'.repeat(inside + 2)}╯`,
  ].join('\n');
}

/**
 * Runs a trial until it is stopped.
 *
 * @param trial `name` of the command and of the program to build; `usualPort`; `clientName`: the institution; `makeSecrets()`: at least
 * `clientId` and `clientSecret`; `command(context)`: `{ cwd, args, env }` of the host, run by this Node; `healthPath`; `show(context)`: what
 * to print when it runs. The context has `url`, `port`, `folder`, `logFile`, `sandbox` and `secrets`.
 */
export async function runTrial({ name, usualPort, clientName, makeSecrets, command, healthPath, show }) {
  const { port, fresh } = readOptions(name, usualPort);
  if (process.env.NODE_ENV === 'production')
    throw new SetUpError('This is a trial with made-up people: unset NODE_ENV.');
  install(name);
  buildProgram(name);
  const folder = join(root, '.seek-pass', name);
  const logFile = join(folder, `${name}.log`);
  if (fresh) rmSync(folder, { recursive: true, force: true });
  // Root runs a database as another user, who has to get through.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const stopped = untilStopped();
  const secrets = await readSecrets(folder, makeSecrets);
  const sandbox = await startSandbox(name, clientName, folder, port + 1, secrets);
  try {
    const context = { url: `http://127.0.0.1:${port}`, port, folder, logFile, sandbox, secrets };
    const { cwd, args, env } = command(context);
    const log = openSync(logFile, 'w', 0o600);
    const host = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', log, log] });
    const ended = new Promise((resolve) => {
      host.once('exit', resolve);
    });
    try {
      await Promise.race([untilReady(name, context.url + healthPath, host, logFile), stopped]);
      if (host.exitCode === null) show(context);
      await Promise.race([stopped, ended]);
      if (host.exitCode !== null)
        throw new SetUpError(`The ${name} ended by itself: see ${relative(root, logFile)}.`);
    } finally {
      host.kill('SIGTERM');
      await ended;
    }
  } finally {
    await sandbox.close();
  }
}
