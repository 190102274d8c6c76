import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../command-error.ts';

/** A `seek-pass serve` of a rehearsal: the host as an institution runs it. */
export interface ServeProcess {
  readonly pid: number;
  /** Of its claim pages. */
  readonly port: number;
  /** Where its metrics are. */
  readonly metrics: string;
  /** Ends it in order: what is under way is finished. */
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('../bin/seek-pass.mjs', import.meta.url));

/**
 * Starts `seek-pass serve` over a config. `onFailure` is told what its log calls a failure, such as `work_failed store_unavailable`.
 *
 * @throws {CommandError} `wrong_setting` with what it said when it ended instead of serving.
 */
export async function startServe(
  configFile: string,
  environment: Readonly<Record<string, string | undefined>>,
  onFailure: (kind: string) => void,
): Promise<ServeProcess> {
  const child = spawn(
    process.execPath,
    [...process.execArgv, program, 'serve', '--json', '--config', configFile],
    {
      env: withoutOurSettings(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = once(child, 'close');
  const said: string[] = [];
  createInterface(child.stderr).on('line', (line) => {
    const failure = failureIn(line);
    if (failure !== undefined) onFailure(failure);
    if (!line.startsWith('{')) said.push(line);
  });
  const ready = await Promise.race([firstLine(child), ended.then(() => undefined)]);
  if (ready === undefined || child.pid === undefined) {
    throw new CommandError('wrong_setting', `seek-pass serve did not start: ${said.join(' ')}`);
  }
  const { listening, metrics } = JSON.parse(ready) as { listening: string; metrics: string };
  return {
    pid: child.pid,
    port: Number(new URL(listening).port),
    metrics,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (child.stdout === null) return undefined;
  for await (const line of createInterface(child.stdout)) return line;
  return undefined;
}

/** Settings of the shell are meant for something else, and win over the files. */
function withoutOurSettings(environment: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('SEEK_PASS_')));
}

/** Most lines tell of requests and awards: they are not worth reading. */
function failureIn(line: string): string | undefined {
  if (!line.startsWith('{') || !line.includes('_failed"')) return undefined;
  const { event, error } = JSON.parse(line) as { event?: string; error?: string };
  return event?.endsWith('_failed') === true ? `${event} ${error ?? ''}`.trim() : undefined;
}
