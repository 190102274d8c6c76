import type { DryRunReport } from './dry-run.ts';

/** When a run needs a person's word, and when it stops by itself. */
export interface BrakeLimits {
  /** New awards that need no word. Default 500. A correction of an existing award always needs it. */
  readonly unconfirmedAwards?: number | undefined;
  /** How many awards go out first, when a word is needed. Default 10; 0: none. */
  readonly canary?: number | undefined;
  /** The share of refused rows at which nothing more is issued, from 0 to 1, once there are more than ten. Default 0.05. */
  readonly refusedShare?: number | undefined;
}

/** What a run would reach, and what keeps it from going on by itself. */
export interface Brake {
  /** Awards that would be stored and mailed: the number that a person types back. */
  readonly awards: number;
  readonly newAwards: number;
  readonly corrections: number;
  /** Whether a person has to confirm `awards`. */
  readonly needsConfirmation: boolean;
  /** How many go out first. 0: all at once. */
  readonly canary: number;
  /** How many rows may be refused. */
  readonly mostRefused: number;
  /** More rows are refused than that: nothing will be issued. */
  readonly tooManyRefused: boolean;
}

/** Refused rows that stop nothing, however short the file is. */
const refusedAnyway = 10;

/** What of a dry run the brake goes by. */
type Planned = Pick<DryRunReport, 'newAwards' | 'corrections' | 'rows'> & {
  readonly results: Pick<DryRunReport['results'], 'refused'>;
};

/** Judges a dry run: show this before issuing. */
export function brakeOf(
  { newAwards, corrections, rows, results }: Planned,
  { unconfirmedAwards = 500, canary = 10, refusedShare = 0.05 }: BrakeLimits = {},
): Brake {
  const awards = newAwards + corrections;
  const needsConfirmation = newAwards > unconfirmedAwards || corrections > 0;
  const mostRefused = Math.max(refusedAnyway, Math.floor(rows * refusedShare));
  return {
    awards,
    newAwards,
    corrections,
    needsConfirmation,
    canary: needsConfirmation && awards > canary ? canary : 0,
    mostRefused,
    tooManyRefused: results.refused > mostRefused,
  };
}
