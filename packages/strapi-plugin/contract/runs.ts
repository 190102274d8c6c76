/** What issuing one row comes to; see `AwardResult` of the flows. */
export const rowResults = [
  'created',
  'unchanged',
  'replaces',
  'adds-a-second',
  'undocumented',
  'refused',
] as const;

export type RowResult = (typeof rowResults)[number];

/** How many rows come to what. */
export type RowCounts = Readonly<Record<RowResult, number>>;

/** Where the rows of a run come from. */
export type RunSource = 'ticked' | 'filter' | 'import';

/**
 * How far a run is.
 *
 * - `checking`: the dry run is on; nothing is issued.
 * - `waiting`: it is looked through and waits for a person's word.
 * - `issuing`; `paused`: it waits for a person, see {@link RunPause}.
 * - `done`: every row was decided. `stopped`: too many were refused. `cancelled`: by a person. `failed`: it could not be looked through.
 */
export type RunState =
  | 'checking'
  | 'waiting'
  | 'issuing'
  | 'paused'
  | 'done'
  | 'stopped'
  | 'cancelled'
  | 'failed';

/** Why a run waits: its first awards are out and somebody is to look at their mails; or issuing was stopped for everybody. */
export type RunPause = 'first_awards' | 'issuing_stopped';

/** What keeps a run from going on by itself; see `Brake` of the flows. */
export interface RunBrake {
  /** Awards that would be stored and mailed: the number to be typed. */
  readonly awards: number;
  readonly needsConfirmation: boolean;
  /** How many go out first. */
  readonly canary: number;
  readonly mostRefused: number;
  readonly tooManyRefused: boolean;
}

/** A run as a list shows it. Nothing personal. */
export interface RunSummary {
  readonly id: string;
  readonly source: RunSource;
  readonly state: RunState;
  readonly pause: RunPause | null;
  /** Of entries. */
  readonly contentType: string | null;
  /** Of entries: the name of the mapping; of an import: the credential type. */
  readonly mapping: string;
  /** The run whose refused rows it repeats. */
  readonly retryOf: string | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
  /** Who started it: the name of the administrator, or that there is none any more. */
  readonly startedBy: string | null;
  /** Whether whoever asks started it. */
  readonly own: boolean;
  /** Rows found so far. */
  readonly total: number;
  /** Rows the dry run has looked at. */
  readonly looked: number;
  /** Rows that issuing has decided. */
  readonly decided: number;
}

/** Something found in rows, and how often. */
export interface RunReason {
  readonly code: string;
  readonly severity: 'problem' | 'error' | 'warning' | 'info';
  /** The field or the title of the column; empty when whole rows are meant. */
  readonly field: string;
  /** What is wrong, without a full stop. */
  readonly message: string;
  readonly remedy: string;
  readonly rows: number;
  /** The first rows that have it. */
  readonly examples: readonly number[];
}

/** A run with what its dry run said and what came of it. Nothing personal. */
export interface RunDetail extends RunSummary {
  readonly planned: RowCounts;
  readonly results: RowCounts;
  /** How many people would get a mail. */
  readonly people: number;
  /** Once it is looked through. */
  readonly brake: RunBrake | null;
  readonly reasons: readonly RunReason[];
  /** Why it failed: one sentence. */
  readonly problem: string | null;
}

/** What was found in a row. Never holds a value. */
export interface RowFinding {
  readonly severity: RunReason['severity'];
  /** The field or the title of the column; empty when the whole row is meant. */
  readonly field: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** One row of a run. */
export interface RunRowView {
  /** Of a file: as a spreadsheet counts. Of entries: its place in the run. */
  readonly row: number;
  readonly planned: RowResult | null;
  /** `null` before it is decided. */
  readonly result: RowResult | null;
  readonly findings: readonly RowFinding[];
  /** The entry; left out when whoever asks may not read it. */
  readonly documentId?: string;
  readonly locale?: string;
  readonly awardId?: string;
  /** What people call the row: the title of the entry, the key of the file. Only with the permission to see personal data. */
  readonly label?: string;
}

/** A page of the rows of a run. */
export interface RunRowsPage {
  readonly rows: readonly RunRowView[];
  /** Give it as `after` to get the next page; `null` at the end. */
  readonly next: number | null;
}

/** At most so many entries are ticked: the largest page of the list view. */
export const mostTicked = 1_000;

/** A mapping that somebody may choose. */
export interface MappingChoice {
  readonly name: string;
  readonly title: string;
}

/** Answer of `GET /seek-pass/run-mappings`. */
export interface MappingChoices {
  readonly mappings: readonly MappingChoice[];
}
