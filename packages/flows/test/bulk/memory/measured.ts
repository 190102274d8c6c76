import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'tsdown';

const here = fileURLToPath(new URL('.', import.meta.url));
const packageFolder = fileURLToPath(new URL('../../../', import.meta.url));

/** A program of this folder, built from the sources as they are now, so that plain Node can run it alone and be measured. */
export interface MeasuredProgram {
  /** Runs it to its end and gives what it said: one line of JSON. */
  run(...args: readonly string[]): Promise<unknown>;
  remove(): Promise<void>;
}

/** Builds `<name>-process.ts`, within reach of the modules that it loads. */
export async function buildMeasured(name: string): Promise<MeasuredProgram> {
  const cache = join(packageFolder, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const outDir = await mkdtemp(join(cache, 'measured-'));
  await build({
    config: false,
    cwd: packageFolder,
    entry: { program: join(here, `${name}-process.ts`) },
    outDir,
    format: 'esm',
    target: 'node20.19',
    dts: false,
    report: false,
    logLevel: 'error',
    inputOptions: { resolve: { conditionNames: ['seek-pass-kit-source', 'import', 'node', 'default'] } },
    noExternal: /./,
  });
  return {
    async run(...args) {
      const program = join(outDir, 'program.mjs');
      const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, ...args]);
      return JSON.parse(stdout) as unknown;
    },
    remove: () => rm(outDir, { recursive: true, force: true }),
  };
}
