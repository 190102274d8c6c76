import { createColors } from 'picocolors';

/** The colours of picocolors; each is the identity when colour is off. */
type Colors = ReturnType<typeof createColors>;

/** A stream as far as this package needs it; `process.stdout` is one. */
export interface TerminalStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): boolean;
}

/** Where a command prints. Results go to `out`; progress, notes and errors go to `err`, so that a pipe gets results only. */
export interface Terminal {
  /** Writes a line of the result. */
  readonly out: (line: string) => void;
  /** Writes a part of the result, as it is. */
  readonly write: (text: string) => void;
  /** Writes a line beside the result. */
  readonly note: (line: string) => void;
  /** Writes to standard error as it is, without a new line: for what redraws itself. */
  readonly draw: (text: string) => void;
  /** Colours for `out`. */
  readonly colors: Colors;
  /** Colours for `note`. */
  readonly noteColors: Colors;
  /** Columns of the terminal `out` goes to; undefined when it goes to a file or a pipe. */
  readonly columns: number | undefined;
  /** Whether a person sees standard error as it is written, so that something may redraw itself there. */
  readonly live: boolean;
  /** Columns of the terminal standard error goes to. */
  readonly liveColumns: number;
}

/** What decides about colour. */
export interface TerminalSettings {
  readonly out: TerminalStream;
  readonly err: TerminalStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Used when a terminal does not tell its width. */
const usualColumns = 80;

/**
 * Makes a {@link Terminal}. Colour is on for a terminal and off for files and pipes; `NO_COLOR` (any value) turns it off,
 * `FORCE_COLOR` (any value but 0) turns it on, `TERM=dumb` turns off colour and redrawing.
 */
export function createTerminal({ out, err, environment }: TerminalSettings): Terminal {
  const dumb = environment['TERM'] === 'dumb';
  const coloured = (stream: TerminalStream): boolean => {
    if ((environment['NO_COLOR'] ?? '') !== '') return false;
    const forced = environment['FORCE_COLOR'] ?? '';
    if (forced !== '') return forced !== '0';
    return stream.isTTY === true && !dumb;
  };
  return {
    out: (line) => void out.write(`${line}\n`),
    write: (text) => void out.write(text),
    note: (line) => void err.write(`${line}\n`),
    draw: (text) => void err.write(text),
    colors: createColors(coloured(out)),
    noteColors: createColors(coloured(err)),
    columns: out.isTTY === true ? (out.columns ?? usualColumns) : undefined,
    live: err.isTTY === true && !dumb,
    liveColumns: err.columns ?? usualColumns,
  };
}
