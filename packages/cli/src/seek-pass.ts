import { run } from './program.ts';
import { untilStopped } from './stop-signals.ts';
import { createTerminal } from './terminal/terminal.ts';

// `seek-pass … | head` closes the pipe early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  terminal: createTerminal({ out: process.stdout, err: process.stderr, environment: process.env }),
  environment: process.env,
  now: Date.now,
  stopped: untilStopped,
});
