import type { ReadinessDetails } from '@seek-pass-kit/flows/node';

/** What a health check is told of a registration. Ages are in whole seconds. */
export interface SeekPassHealthReport extends Partial<Omit<ReadinessDetails, 'status'>> {
  /** `down`: take this process out of service, another one can do better. */
  readonly status: 'up' | 'down';
  /** What a person should look into, in plain words. Absent when all is well. */
  readonly warnings?: readonly string[];
}

/**
 * What flows say of a host, in the words of a health check. A process is `down` when its store does not answer or when it is about to end.
 * SEEK Pass being down, and work that is late, are warnings: no other process would fare better.
 */
export function healthReport({ status, ...facts }: ReadinessDetails, details: boolean): SeekPassHealthReport {
  const warnings = warningsOf({ status, ...facts });
  return {
    status: status === 'unavailable' || status === 'draining' ? 'down' : 'up',
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(details ? facts : {}),
  };
}

function warningsOf({ status, store, seekPass, work, jobs }: ReadinessDetails): string[] {
  return [
    status === 'draining' && 'This process is about to end.',
    store === 'unavailable' && 'The store does not answer.',
    seekPass === 'refused' && 'SEEK Pass does not accept the client secret or a scope.',
    seekPass === 'failing' && 'SEEK Pass did not answer the last call.',
    work === 'failing' && 'The last run of the work failed.',
    work === 'late' && 'Jobs or webhook events have waited for more than ten minutes.',
    (jobs?.dead ?? 0) > 0 && 'Jobs were set aside: they are not tried again by themselves.',
  ].filter((warning) => warning !== false);
}
