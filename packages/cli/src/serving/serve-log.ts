import { type HostLogger, levelOf, logTo } from '@seek-pass-kit/flows/node';
import { pino } from 'pino';
import type { Terminal } from '../terminal/terminal.ts';

/** Which lines a log for programs has: those of this level and above. */
export type LogLevel = 'info' | 'warn' | 'error';

/** A log for programs, on standard error: a line of JSON for each entry, with its time, its level and what {@link logTo} lets through. */
export function jsonLog({ note }: Terminal, now: () => number, level: LogLevel = 'info'): HostLogger {
  const options = {
    level,
    // Neither the process nor the machine: what collects the log knows them.
    base: null,
    timestamp: () => `,"at":"${new Date(now()).toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return logTo(pino(options, { write: (line) => note(line.trimEnd()) }));
}

/** A log for people: what became of awards, and what failed. */
export function humanLog({ note, noteColors }: Terminal): HostLogger {
  const { dim, green, red, yellow } = noteColors;
  return (entry) => {
    switch (entry.event) {
      case 'award': {
        const needsPerson = levelOf(entry) === 'warn';
        const colour = needsPerson ? red : entry.type === 'added' ? green : yellow;
        const look = needsPerson ? ': a person should look into it' : '';
        note(`${colour(entry.type.replaceAll('_', ' '))}  award ${entry.awardId}${look}`);
        return;
      }
      case 'verification':
        note(
          `${(entry.type === 'held' ? red : green)(entry.type)}  verification ${entry.verificationId}: seek-pass verify ${entry.verificationId} --no-wait`,
        );
        return;
      case 'claim_failed':
        note(red(`A learner read that it is our fault (page ${entry.route}): ${entry.error}`));
        return;
      case 'request_failed':
      case 'work_failed':
      case 'close_failed':
        note(red(`${entry.event.replaceAll('_', ' ')}: ${entry.error}`));
        return;
      case 'mail_failed':
        note(red(`mail ${entry.state}  ${entry.kind} mail ${entry.mailId}: a person should look into it`));
        return;
      case 'job_dead':
        note(red(`job set aside  ${entry.kind} ${entry.jobId}: ${entry.reason}`));
        return;
      case 'listener_gone':
        note(yellow(`${entry.jobs} jobs dropped  ${entry.kind}: no process has done such jobs for a week`));
        return;
      case 'poll_failed':
        note(
          yellow(
            `SEEK Pass does not say what became of ${entry.of ?? 'submissions'}: ${entry.code}. It is asked again.`,
          ),
        );
        return;
      case 'drift_found':
        note(
          yellow(
            `${entry.kind.replaceAll('_', ' ')}  award ${entry.awardId}: ${entry.ours} here, ${entry.theirs} at SEEK Pass`,
          ),
        );
        return;
      case 'webhook':
        if (levelOf(entry) === 'warn') note(yellow(`webhook ${entry.outcome}`));
        return;
      case 'document_refused':
        note(
          yellow(
            `document refused: ${entry.because === 'caller' ? 'the caller is not allowed' : 'asked for too often'}`,
          ),
        );
        return;
      case 'draining':
        note(dim('Ending: what is under way is finished first. Ctrl+C once more ends it at once.'));
        return;
      case 'closed':
        if (!entry.inTime) note(yellow('Some work was cut off; it is taken up again at the next start.'));
        return;
      default:
    }
  };
}
