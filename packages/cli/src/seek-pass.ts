import { userInfo } from 'node:os';
import { run } from './program.ts';
import { untilStopped } from './stop-signals.ts';
import { createQuestions } from './terminal/questions.ts';
import { createTerminal } from './terminal/terminal.ts';

// `seek-pass … | head` closes the pipe early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const { stdin, stderr } = process;
const dumb = process.env['TERM'] === 'dumb';

process.exitCode = await run(process.argv.slice(2), {
  terminal: createTerminal({ out: process.stdout, err: process.stderr, environment: process.env }),
  environment: process.env,
  ...(stdin.isTTY && stderr.isTTY && !dumb ? { questions: createQuestions(stdin, stderr) } : {}),
  input: readStdin,
  who: `cli:${userName()}`,
  now: Date.now,
  stopped: untilStopped,
});

async function readStdin(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** A user id without an entry in the system's list has no name: usual in containers. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
