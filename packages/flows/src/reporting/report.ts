import type { AwardState } from '../awards/award-facts.ts';
import type { Day } from './calendar.ts';
import type { Milestone } from './milestone.ts';
import type { Period, ReportStep } from './periods.ts';

/** What to report. */
export interface ReportOptions {
  /** The first day, `2026-09-01`. Default: so that there are thirteen periods. */
  readonly from?: Day;
  /** The last day. Default: today. */
  readonly to?: Day;
  /** Default `week`. */
  readonly by?: ReportStep;
  /** Where a day begins when: a name such as `Asia/Jakarta`. Default: the one of the reminders, else `UTC`. */
  readonly timeZone?: string;
  /** Default `course`. */
  readonly group?: ReportGrouping;
}

/** What the numbers are divided by. `none`: there is the total alone. */
export type ReportGrouping = 'course' | 'type' | 'none';

/** How many awards came to each milestone. */
export type MilestoneCounts = Readonly<Record<Milestone, number>>;

/** The numbers of some awards. */
export interface ReportFigures {
  /** What happened in these days, to awards of whatever time. An award counts once for each. */
  readonly happened: MilestoneCounts;
  /**
   * Where the awards stand now that were issued in these days. Those in the wallet count as `added` also when their recipient was
   * erased since.
   */
  readonly standing: Readonly<Record<AwardState, number>>;
  /**
   * Of the awards issued in these days, the share that is in the wallet now, from 0 to 1; those withdrawn and superseded are
   * left out. Absent when there are no others.
   */
  readonly claimRate?: number;
  /**
   * Half of those that were added were added within this time after they were issued, in milliseconds, as the next of some limits between
   * an hour and a year. Absent when none was.
   */
  readonly halfAddedWithinMs?: number;
}

/** The numbers of one course or one credential type. */
export interface ReportGroup extends ReportFigures {
  readonly credentialType: string;
  /** The course. Absent when the groups are credential types, and of awards that were stored before courses were. */
  readonly title?: string;
  /** Who awards it, where the credentials say so. */
  readonly institution?: string;
  /** One for each period of the report. */
  readonly periods: readonly MilestoneCounts[];
}

/** One period of a report. */
export interface ReportPeriod extends Period {
  readonly happened: MilestoneCounts;
}

/** What became of an institution's awards. Nothing personal: courses and numbers. */
export interface Report extends Period {
  /** As its learners know it. */
  readonly institution: string;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  readonly timeZone: string;
  readonly by: ReportStep;
  readonly group: ReportGrouping;
  /** Without gaps, also where nothing happened. */
  readonly periods: readonly ReportPeriod[];
  readonly total: ReportFigures;
  /** Most issued first; those with numbers only. Empty for the grouping `none`. */
  readonly groups: readonly ReportGroup[];
  /** Of all awards, whenever they were issued. */
  readonly now: {
    readonly awards: Readonly<Record<string, number>>;
    /** When the one was issued that has been `ready` for longest, in milliseconds since the epoch. Absent when none is. */
    readonly waitingSince?: number;
  };
}
