import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const bin = fileURLToPath(new URL('../bin/seek-pass.mjs', import.meta.url));

/** The sample of the repository. */
export const learnersFile = fileURLToPath(new URL('../../../examples/learners.csv', import.meta.url));

type Settings = Readonly<Record<string, string>>;

/** Only what a process needs: the settings of whoever runs the tests stay out. */
function environmentWith(settings: Settings): NodeJS.ProcessEnv {
  const { PATH, HOME, SystemRoot } = process.env;
  return { PATH, HOME, ...(SystemRoot === undefined ? {} : { SystemRoot }), ...settings };
}

/** How a run of the real program ended. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how a process runs. */
export interface ProcessOptions {
  /** Of the environment. */
  readonly settings?: Settings;
  /** Default: the folder of the tests. */
  readonly folder?: string;
  /** Leave out what it says on standard error. */
  readonly quiet?: true;
  /** What comes in by standard input. */
  readonly input?: string;
  /** It outlives the test that started it, and is stopped by another one. */
  readonly lasting?: true;
}

/** Runs the built program to its end. */
export async function seekPass(
  args: readonly string[],
  { settings = {}, folder, input }: ProcessOptions = {},
): Promise<Run> {
  const child = spawn(process.execPath, [bin, ...args], {
    env: environmentWith(settings),
    ...(folder === undefined ? {} : { cwd: folder }),
    stdio: 'pipe',
  });
  child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** A program that runs until it is stopped. */
export interface RunningProgram {
  /** Its next line on standard output. */
  readonly nextLine: () => Promise<string>;
  /** Sends a signal and returns the exit code. */
  readonly stop: (signal: NodeJS.Signals) => Promise<number | null>;
}

/** Starts the built program; it ends with the test. */
export function startSeekPass(
  args: readonly string[],
  { settings = {}, folder, quiet, lasting }: ProcessOptions = {},
): RunningProgram {
  const child = spawn(process.execPath, [bin, ...args], {
    env: environmentWith(settings),
    ...(folder === undefined ? {} : { cwd: folder }),
    stdio: ['ignore', 'pipe', quiet === true ? 'ignore' : 'inherit'],
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const end = async (): Promise<void> => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await ended;
  };
  if (lasting !== true) onTestFinished(end);
  return {
    async nextLine() {
      const { value, done } = await lines.next();
      if (done === true) throw new Error('The program ended without another line.');
      return value;
    },
    async stop(signal) {
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}

/** A folder that goes with the test. The user that runs an embedded database for root can pass through it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'seek-pass-'));
  await chmod(folder, 0o711);
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Writes a file that goes with the test. */
export async function temporaryFile(name: string, contents: string | Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, contents);
  return path;
}
