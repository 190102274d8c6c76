import type { ReportChanges, ReportReads } from '../store/reports.ts';
import type { Run } from './sql.ts';

/** Look-ups of reports and metrics. */
export function reportReads(_run: Run, _schema: string): ReportReads {
  return {};
}

/** Changes of reports and metrics. */
export function reportChanges(_run: Run, _schema: string): ReportChanges {
  return {};
}
