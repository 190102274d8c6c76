export { dayOf } from './calendar.ts';
export { type ReportPageOptions, reportPage } from './page/report-page.ts';
export { reportCsv } from './report-csv.ts';
export { groupName, milestoneNames, numberText, periodText, shareText, waitText } from './wording.ts';
