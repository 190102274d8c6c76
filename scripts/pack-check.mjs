/**
 * `pack-check` of a package: packs it as it would be published, into `packed/package.tgz`, and reads the tarball as a stranger: manifest,
 * publint, are-the-types-wrong.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const sourceCondition = 'seek-pass-kit-source';

/**
 * What a published manifest may not have: workspace versions, the condition that leads to sources, files that are only here.
 * @returns {string[]} one sentence per problem
 */
export function manifestProblems(manifest) {
  const problems = [];
  const published = JSON.stringify({ ...manifest, devDependencies: undefined, scripts: undefined });
  if (published.includes(sourceCondition)) {
    problems.push(
      `"exports" shows the condition ${sourceCondition}: list the published exports in publishConfig.exports.`,
    );
  }
  if (/"\.\/src\//.test(published)) problems.push('An entry leads to ./src: publish ./dist only.');
  for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    if (/^(workspace|catalog|link|file):/.test(range))
      problems.push(`${name} is published as "${range}": pack with pnpm.`);
  }
  for (const name of ['license', 'description', 'engines']) {
    if (manifest[name] === undefined) problems.push(`"${name}" is missing.`);
  }
  return problems;
}

/** Entries of the development manifest that its publishConfig forgot. */
export function forgottenExports({ exports = {}, publishConfig = {} }) {
  const published = publishConfig.exports ?? exports;
  return Object.keys(exports)
    .filter((entry) => published[entry] === undefined)
    .map((entry) => `publishConfig.exports lacks "${entry}".`);
}

const isImportable = (manifest) =>
  Object.keys(manifest.exports ?? {}).some((entry) => entry !== './package.json' && !entry.endsWith('.json'));

async function main(directory) {
  const packed = join(directory, 'packed');
  const tarball = join(packed, 'package.tgz');
  rmSync(packed, { recursive: true, force: true });
  mkdirSync(packed);
  execFileSync('pnpm', ['pack', '--out', tarball], {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'inherit'],
  });

  const manifest = JSON.parse(
    execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' }),
  );
  const names = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
  const problems = manifestProblems(manifest);
  problems.push(...forgottenExports(JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))));
  for (const name of ['README.md', 'LICENSE', 'CHANGELOG.md']) {
    if (!names.includes(`package/${name}\n`)) problems.push(`${name} is not in the tarball.`);
  }

  const bytes = readFileSync(tarball);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
  problems.push(...messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`));

  if (isImportable(manifest)) {
    const attw = join(dirname(fileURLToPath(import.meta.url)), 'node_modules/.bin/attw');
    const { status } = spawnSync(
      attw,
      ['--no-emoji', '--exclude-entrypoints', './test-vectors/webhooks.json', '--', tarball],
      {
        stdio: 'inherit',
      },
    );
    if (status !== 0)
      problems.push('Types and code do not resolve alike for every consumer: see the table above.');
  }

  console.log(`${manifest.name}: ${names.trim().split('\n').length} files, ${bytes.byteLength} bytes packed`);
  for (const problem of problems) console.error(`  ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.cwd());
