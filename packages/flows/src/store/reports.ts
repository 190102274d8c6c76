/** Look-ups of reports and metrics. */
export interface ReportReads {}

/** Changes of reports and metrics. */
export interface ReportChanges {}
