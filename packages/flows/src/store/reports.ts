/**
 * What awards were given for. Its id is a keyed hash, its name is sealed: a store can count by course without knowing any.
 */
export interface CourseRow {
  readonly issuer: string;
  /** See `AwardRow.course`. */
  readonly id: string;
  readonly credentialType: string;
  /** Title and awarding institution. */
  readonly sealedCourse: Uint8Array;
}

/** Which counts a report needs. Days are written `2026-11-21` and begin by the clocks of the time zone. */
export interface ReportQuery {
  readonly issuer: string;
  /** A name of the IANA time zone database. */
  readonly timeZone: string;
  /** The first day of each period, ascending. */
  readonly periods: readonly string[];
  /** The day after the last period. */
  readonly end: string;
}

/**
 * Numbers of awards of one course, in the order of `countedNames`. Of what happened in the period: how many came to which milestone, each
 * counted the first time only (`added`). Of the awards issued in the period: how many stand where now (`state_ready`), and how many were
 * added after which wait (`waited_3`).
 */
export interface ReportCount {
  /** The id of the course, or the credential type of awards that were stored before courses were. */
  readonly course: string;
  /** Its place in the query. */
  readonly period: number;
  readonly numbers: readonly number[];
}

/** Look-ups of reports. */
export interface ReportReads {
  /** Those of these courses that are known, in any order. */
  courses(issuer: string, ids: readonly string[]): Promise<CourseRow[]>;
  /**
   * As exact as counting every award, at any moment. `undefined`: nothing was counted in this time zone yet; see
   * {@link ReportChanges.recountReports}.
   */
  reportCounts(query: ReportQuery): Promise<ReportCount[] | undefined>;
}

/** Changes of reports. Nobody counts by hand: a store sees by itself which awards and lines of history it gets. */
export interface ReportChanges {
  /** Stores what is not there yet. */
  insertCourses(rows: readonly CourseRow[]): Promise<void>;
  /**
   * Adds up changes that were noted one by one, up to some number of them, so that the next report reads less. `true`: there
   * are more. `false`: there were none left, or somebody else is at it.
   */
  foldReports(issuer: string): Promise<boolean>;
  /**
   * Counts every award anew, for this time zone and for those that were asked for before; the newest three are kept. Takes as long
   * as reading all awards and their history.
   *
   * @throws {RangeError} when the store does not know the time zone.
   */
  recountReports(issuer: string, timeZone: string): Promise<void>;
}
