import type { DueReport } from '../due-work.ts';
import type { HostLogger } from './host-log.ts';

/** Makes a function that logs a failure of polling when it begins or changes, not every few seconds of an outage. */
export function pollFailures(log: HostLogger): (report: Pick<DueReport, 'polling'>) => void {
  let told: string | undefined;
  return ({ polling: { calls, error } }) => {
    if (error !== undefined && error.code !== told) log({ event: 'poll_failed', code: error.code });
    if (error !== undefined || calls > 0) told = error?.code;
  };
}
