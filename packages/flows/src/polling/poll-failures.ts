import type { FlowNotice, NoticeListener } from '../flow-notice.ts';
import type { PollReport } from './poll-submissions.ts';

/** Makes a function that tells of a failure of polling when it begins or changes, not every few seconds of an outage. */
export function pollFailures(
  onNotice: NoticeListener,
  of: Omit<Extract<FlowNotice, { event: 'poll_failed' }>, 'event' | 'code'> = {},
): (polling: Pick<PollReport, 'asked' | 'error'>) => void {
  let told: string | undefined;
  return ({ asked, error }) => {
    if (error !== undefined && error.code !== told)
      onNotice({ event: 'poll_failed', code: error.code, ...of });
    if (error !== undefined || asked > 0) told = error?.code;
  };
}
