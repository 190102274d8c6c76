/**
 * Set-up: brings the repository into the state that a command needs, from nothing but Node and npm. Does nothing when that
 * state is there already, so that every command may begin with it.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../', import.meta.url));

const stampFile = 'node_modules/.seek-pass-kit.json';
/** What a program runs on, in the order of building. */
const programs = {
  'command-line': ['packages/core', 'packages/sandbox', 'packages/flows', 'packages/cli'],
  portal: [
    'packages/core',
    'packages/sandbox',
    'packages/flows',
    'packages/nestjs-module',
    'examples/nestjs-portal',
  ],
  campus: [
    'packages/core',
    'packages/sandbox',
    'packages/flows',
    'packages/strapi-plugin',
    'examples/strapi-campus',
  ],
};

/** Strapi loads CommonJS. */
const formatsOf = (program) => (program === 'campus' ? ['esm', 'cjs'] : ['esm']);

const buildWithTsdown = (formats) => ({
  inputs: ['src', 'package.json', 'tsdown.config.ts'],
  command: ['tsdown', '--format', formats.join(), '--no-dts'],
});
/** How a project is built that tsdown does not build. */
const otherBuilds = {
  'packages/strapi-plugin': {
    inputs: ['admin', 'server', 'contract', 'package.json'],
    command: ['strapi-plugin', 'build'],
  },
  'examples/strapi-campus': {
    inputs: ['src', 'config', 'package.json', 'tsconfig.json', '../../packages/strapi-plugin/dist/admin'],
    command: ['strapi', 'build'],
  },
};

/** Something is missing that the person at the keyboard must provide: printed as it is, without a stack. */
export class SetUpError extends Error {}

/** Runs a script of the repository: a missing thing or a failed step ends it with one sentence and exit code 1. */
export async function run(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof SetUpError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

/** Runs a program in `cwd` and shows what it prints; throws with `what` when it fails. */
export function execute(command, args, { cwd = root, env = process.env, what, quiet = false }) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  });
  if (error?.code === 'ENOENT')
    throw new SetUpError(`${what}: the program "${command}" is not on this machine.`);
  if (error) throw error;
  if (status !== 0) {
    const said = quiet ? `\n${stdout}${stderr}` : '';
    throw new SetUpError(`${what}: "${command} ${args.join(' ')}" ended with ${status}.${said}`);
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetUpError(
    `Node.js 20.19 or newer is needed, and this is ${process.versions.node}: update Node.js.`,
  );
}

/** Files under a path, in a fixed order. */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesUnder))
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function readStamp(cwd) {
  const path = join(cwd, stampFile);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

function writeStamp(cwd, change) {
  writeFileSync(join(cwd, stampFile), `${JSON.stringify({ ...readStamp(cwd), ...change }, null, 2)}\n`);
}

/**
 * Installs what the lockfile says, in `cwd`, unless that is done. `projects` is `all`, or the name of a program for what it
 * needs. The lockfile is taken as it was reviewed: its entries are checked against the registry when it is changed,
 * not again by everybody who installs (that takes minutes without a cache).
 */
export function install(projects, { cwd = root, env = process.env, filters = [] } = {}) {
  requireNode();
  const manifest = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
  const wanted = digest([join(cwd, 'pnpm-lock.yaml'), join(cwd, 'pnpm-workspace.yaml')]);
  const stamp = readStamp(cwd);
  const isCurrent = stamp.lockfile === wanted && stamp.modules === process.versions.modules;
  const installed = isCurrent ? [stamp.projects].flat() : [];
  if (installed.includes('all') || installed.includes(projects)) return;
  const selection = programs[projects]?.map((directory) => `./${directory}`) ?? filters;
  console.error(`Installing dependencies (${projects}) …`);
  execute(
    'npx',
    [
      '-y',
      manifest.packageManager,
      'install',
      '--frozen-lockfile',
      '--config.trustLockfile=true',
      '--config.confirmModulesPurge=false',
      ...selection.flatMap((name) => ['--filter', name]),
    ],
    { cwd, env, what: 'Dependencies could not be installed', quiet: true },
  );
  const stamped = projects === 'all' ? projects : [...installed, projects];
  writeStamp(cwd, { lockfile: wanted, modules: process.versions.modules, projects: stamped });
}

/** Builds the packages that a program runs on, where their sources or their output changed since. Types are left out: nobody reads them here. */
export function buildProgram(program) {
  const formats = formatsOf(program);
  for (const name of programs[program]) {
    const directory = join(root, name);
    const { inputs, command } = otherBuilds[name] ?? buildWithTsdown(formats);
    const source = digest([
      ...inputs.map((input) => join(directory, input)),
      join(root, 'examples/learners.csv'),
    ]);
    const output = join(directory, 'dist');
    const known = readStamp(root)[name];
    const isThere = formats.every((format) => known?.formats?.includes(format));
    if (isThere && known.source === source && known.output === digest([output])) continue;
    console.error(`Building ${name} …`);
    const [builder, ...options] = command;
    execute(join(directory, 'node_modules/.bin', builder), options, {
      cwd: directory,
      env: { ...process.env, STRAPI_TELEMETRY_DISABLED: 'true' },
      what: `${name} could not be built`,
      quiet: true,
    });
    writeStamp(root, { [name]: { source, formats, output: digest([output]) } });
  }
}

/** Removes what {@link buildProgram} made, before turbo builds: left-overs of it would end up in tarballs. */
export function forgetProgramBuilds() {
  const stamp = readStamp(root);
  for (const name of new Set(Object.values(programs).flat())) {
    if (stamp[name] === undefined) continue;
    rmSync(join(root, name, 'dist'), { recursive: true, force: true });
    writeStamp(root, { [name]: undefined });
  }
}
