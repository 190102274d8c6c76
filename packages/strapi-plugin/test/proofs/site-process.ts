import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import type { SentMail } from '../site/sent-mails.ts';

/** A Strapi of `fixtures/site` in a process of its own. */
export interface SiteProcess {
  readonly url: string;
  /** What it wrote to its log so far. */
  readonly log: () => string;
  /** Has it do one of the things that `site-process.mjs` can. */
  ask<Answer>(word: string, ...given: unknown[]): Promise<Answer>;
  signal(signal: 'SIGCONT' | 'SIGTERM' | 'SIGKILL'): void;
  /** Waits until it stands still, after SIGSTOP. */
  stands(): Promise<void>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

interface Said {
  readonly url?: string;
  readonly number?: number;
  readonly answer?: unknown;
  readonly error?: string;
}

/** Starts one, with these variables besides those of this process. It is killed when the test ends. */
export async function startSiteProcess(env: Readonly<Record<string, string>>): Promise<SiteProcess> {
  const child = fork(join(import.meta.dirname, 'site-process.mjs'), {
    env: { ...process.env, STRAPI_TELEMETRY_DISABLED: 'true', PORT: '0', ...env },
    execArgv: [],
    silent: true,
  });
  // Each question has a listener of its own while it is open.
  child.setMaxListeners(0);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (log += String(bytes)));
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const url = await Promise.race([
    saidBy(child, ({ url: said }) => said !== undefined).then((said) => said.url ?? ''),
    ended.then((how) => Promise.reject(new Error(`Strapi ended with ${how}:\n${log.slice(-4_000)}`))),
  ]);
  let asked = 0;
  return {
    url,
    log: () => log,
    async ask<Answer>(word: string, ...given: unknown[]) {
      asked += 1;
      const number = asked;
      const answered = saidBy(child, (said) => said.number === number);
      child.send({ number, word, given });
      const over = ended.then((how) =>
        Promise.reject(new Error(`Strapi ended with ${how} before it answered.`)),
      );
      const { answer, error } = await Promise.race([answered, over]);
      if (error !== undefined) throw new Error(error);
      return answer as Answer;
    },
    signal: (signal) => void child.kill(signal),
    async stands() {
      for (;;) {
        const { stdout } = await promisify(execFile)('ps', ['-o', 'state=', '-p', String(child.pid)]);
        if (stdout.startsWith('T')) return;
        await pause(20);
      }
    },
    ended,
  };
}

function saidBy(child: ChildProcess, isMeant: (said: Said) => boolean): Promise<Said> {
  return new Promise((resolve) => {
    const listen = (said: unknown): void => {
      if (!isMeant(said as Said)) return;
      child.off('message', listen);
      resolve(said as Said);
    };
    child.on('message', listen);
  });
}

/** The mails of every process that was started with this `MAIL_FILE`, oldest first. */
export async function mailsIn(file: string): Promise<ReadonlyArray<Pick<SentMail, 'to' | 'text'>>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SentMail);
}
