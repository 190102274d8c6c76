import type { ReportChanges, ReportReads } from '../reports.ts';

/** Tables of reports and metrics. */
export function reportTables() {
  return {};
}

/** Look-ups of reports and metrics. */
export function reportReads(): ReportReads {
  return {};
}

/** Changes of reports and metrics. */
export function reportChanges(): ReportChanges {
  return {};
}
