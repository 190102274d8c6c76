/** What a store of another package is made with: rules that every store keeps in the same way. The ports themselves are in the main entry. */

export { standingOf } from '../awards/award-facts.ts';
export { dayOf } from '../reporting/calendar.ts';
export { countedNames, erasedAfterAdding, placeOf, stateCount, waitCount } from '../reporting/counted.ts';
export { milestoneOf } from '../reporting/milestone.ts';
export { waitOf } from '../reporting/wait.ts';
export { cutoffOf, isRecordOfNobody } from '../retention/retention-cutoffs.ts';
export { verificationStandingOf } from '../verify/verification-facts.ts';
export { trailSources } from './audit.ts';
export { pageOf, startOfPage } from './award-page.ts';
export { gather, type Gathering } from './gather.ts';
export { finishedJobLifeMs } from './job-retention.ts';
export { lengthOfWindow, startOfWindow } from './limit-window.ts';
export { numbersIn, rangesOf } from './ranges.ts';
