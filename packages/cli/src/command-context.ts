import type { Questions } from './terminal/questions.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What a command works with: everything outside it comes in here. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absent in a pipe, a script or a service: there is nobody to ask. */
  readonly questions?: Questions;
  /** All of standard input; absent where nothing comes in. */
  readonly input?: () => Promise<string>;
  /** The user of this machine who gives the command, for the record of who did what. */
  readonly who: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves when a person or the system asks the program to end. */
  readonly stopped: () => Promise<void>;
}

/** The calendar day at this place, `YYYY-MM-DD`. */
export function today({ now }: CommandContext): string {
  const date = new Date(now());
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
