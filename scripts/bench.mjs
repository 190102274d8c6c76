/** `npm run bench`: set-up and build, then every bar. Words after `--` choose rows by file name; see bench/run.mjs. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { execute, forgetProgramBuilds, install, root, run } from './set-up.mjs';

await run(async () => {
  install('all');
  forgetProgramBuilds();
  const bin = join(root, 'node_modules/.bin');
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
  const build = ['run', 'build', '--filter=@seek-pass-kit/bench^...', '--output-logs=errors-only'];
  execute('turbo', build, { env, what: 'The packages to measure could not be built' });
  const { status } = spawnSync(process.execPath, ['--expose-gc', 'run.mjs', ...process.argv.slice(2)], {
    cwd: join(root, 'bench'),
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
});
