/**
 * The second runtimes: the test suites once more under a newer Node. Each has a copy of the working tree in `.runtimes/` with
 * an install of its own, since compiled dependencies are made for one Node.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetUpError, execute, install, root } from './set-up.mjs';

/**
 * Each is a folder of `tools/`, whose package.json names the exact version. The newest, so that with the oldest, which most run `npm test`
 * on, both ends are tried each time; `RUNTIMES=all` tries those between them too.
 */
export const secondRuntimes = process.env.RUNTIMES === 'all' ? ['node-24', 'node-26'] : ['node-26'];

/**
 * What a second runtime installs and runs nothing of: Strapi compiles a driver of SQLite for each Node, and which Nodes it runs on is
 * Strapi's own to prove. What our plugin adds of its own are the packages below it.
 */
const leftOut = [
  '!@seek-pass-kit/strapi-plugin',
  '!@seek-pass-kit/strapi-site',
  '!@seek-pass-kit/strapi-campus',
];

/** The suites of a second runtime, as filters of turbo. */
export const runtimeSuites = ['./packages/*', ...leftOut];

/** Where the copy of the repository for a runtime is. */
export const runtimeRoot = (runtime) => join(root, '.runtimes', runtime);

/** The environment in which `node` is that runtime, for a program and all it starts. */
function runtimeEnvironment(runtime) {
  const bin = join(root, 'tools', runtime, 'node_modules/.bin');
  return { ...process.env, PATH: `${bin}:${process.env.PATH}`, TEST_RUNTIME: runtime };
}

function installNode(runtime) {
  const folder = join(root, 'tools', runtime);
  const wanted = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies.node;
  const program = join(folder, 'node_modules/.bin/node');
  const present = () =>
    existsSync(program) && execFileSync(program, ['--version'], { encoding: 'utf8' }).trim() === `v${wanted}`;
  if (present()) return;
  console.error(`Installing Node.js ${wanted} into tools/${runtime} …`);
  execute('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], {
    cwd: folder,
    what: `Node.js ${wanted} could not be installed`,
    quiet: true,
  });
}

/** Files of the working tree that are or could be committed. */
function workingTree() {
  if (!existsSync(join(root, '.git'))) {
    throw new SetUpError('The second runtimes test a copy of what git knows: clone the repository with git.');
  }
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 };
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    options,
  );
  return listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}

/** Makes `target` equal to the working tree: changed files are copied, files that are gone are removed, ignored ones stay. */
function copyWorkingTree(target) {
  mkdirSync(target, { recursive: true });
  if (!existsSync(join(target, '.git'))) execFileSync('git', ['init', '--quiet', target]);
  const files = new Set(workingTree());
  for (const file of files) {
    const from = join(root, file);
    const to = join(target, file);
    if (existsSync(to) && sameFile(from, to)) continue;
    mkdirSync(dirname(to), { recursive: true });
    cpSync(from, to, { preserveTimestamps: true });
  }
  const options = { cwd: target, encoding: 'utf8', maxBuffer: 2 ** 26 };
  const present = execFileSync('git', ['ls-files', '-z', '--others', '--exclude-standard'], options);
  for (const file of present.split('\0')) if (file !== '' && !files.has(file)) rmSync(join(target, file));
}

function sameFile(one, other) {
  const [a, b] = [statSync(one), statSync(other)];
  return a.size === b.size && a.mode === b.mode && readFileSync(one).equals(readFileSync(other));
}

/** Brings a runtime up to date with the working tree. Returns where and in which environment to run. */
export function prepareRuntime(runtime) {
  installNode(runtime);
  const cwd = runtimeRoot(runtime);
  const env = runtimeEnvironment(runtime);
  copyWorkingTree(cwd);
  // In braces: with the projects of this repository that they depend on, such as `prove` and the fixtures of a package.
  install('packages', { cwd, env, filters: ['.', '{./packages/*}...', './examples/*', ...leftOut] });
  return { cwd, env };
}
