import type { AwardEvent, AwardEventType } from '@seek-pass-kit/flows';
import type { HostLogEntry } from '@seek-pass-kit/flows/node';
import type { Terminal } from '../terminal/terminal.ts';

/** Something to say while serving: of the host, of an award, of a page. Never a token, a name or an address. */
export type ServeLogEntry =
  | HostLogEntry
  | ({ readonly event: 'award' } & Pick<AwardEvent, 'type' | 'awardId'>)
  | { readonly event: 'claim_failed'; readonly route: string; readonly error: string };

/** Writes the log of `seek-pass serve`, on standard error. */
export type ServeLog = (entry: ServeLogEntry) => void;

/** A log for programs: a line of JSON for each entry. */
export function jsonLog({ note }: Terminal, now: () => number): ServeLog {
  return (entry) => note(JSON.stringify({ at: new Date(now()).toISOString(), ...entry }));
}

const needsPerson: ReadonlySet<AwardEventType> = new Set([
  'added_after_withdrawal',
  'added_after_supersession',
  'rejected',
]);

/** A log for people: what became of awards, and what failed. */
export function humanLog({ note, noteColors }: Terminal): ServeLog {
  const { dim, green, red, yellow } = noteColors;
  return (entry) => {
    switch (entry.event) {
      case 'award': {
        const colour = needsPerson.has(entry.type) ? red : entry.type === 'added' ? green : yellow;
        const look = needsPerson.has(entry.type) ? ': a person should look into it' : '';
        note(`${colour(entry.type.replaceAll('_', ' '))}  award ${entry.awardId}${look}`);
        return;
      }
      case 'claim_failed':
        note(red(`A learner read that it is our fault (page ${entry.route}): ${entry.error}`));
        return;
      case 'request_failed':
      case 'work_failed':
      case 'close_failed':
        note(red(`${entry.event.replaceAll('_', ' ')}: ${entry.error}`));
        return;
      case 'draining':
        note(dim('Ending: what is under way is finished first. Ctrl+C once more ends it at once.'));
        return;
      case 'closed':
        if (!entry.inTime) note(yellow('Some work was cut off; it is taken up again at the next start.'));
        return;
      case 'request':
      case 'listening':
    }
  };
}
