import type { SeekPassEvent } from '@seek-pass-kit/core';
import type { DueReport } from '../add-flow.ts';
import { type Counter, createCounter } from './counter.ts';

/**
 * How SEEK Pass answered last: `ok`, `refused` (it does not accept the client's secret or scope), `failing` (no answer,
 * or too many requests), `unknown` before the first call.
 */
export type SeekPassState = 'ok' | 'refused' | 'failing' | 'unknown';

/**
 * What a host remembers for its health and its metrics. Nothing of it names a person, an award or a course.
 *
 * ```ts
 * const record = createHostRecord();
 * const seekPass = new SeekPass({ …, onEvent: record.onSeekPassEvent });
 * const flow = createAddFlow({ …, onClaim: record.onClaim });
 * const host = await createHost({ …, record });
 * ```
 */
export interface HostRecord {
  /** For `onEvent` of the client: tells how SEEK Pass is without asking it. */
  readonly onSeekPassEvent: (event: SeekPassEvent) => void;
  /** For `onClaim` of the flow: how a claim ended. */
  readonly onClaim: (outcome: string) => void;
  readonly seekPassState: () => SeekPassState;
  /** By operation and outcome. */
  readonly calls: Counter;
  /** By outcome. */
  readonly claims: Counter;
  /** By what became of them. */
  readonly jobs: Counter;
  /** Submissions that SEEK Pass was asked about. */
  readonly asked: Counter;
  /** By route and class of status (`2xx`). */
  readonly requests: Counter;
  /** Seconds that answers took, by route. */
  readonly requestSeconds: Counter;
  /** Counts a run of the worker. */
  readonly worked: (report: DueReport) => void;
}

/** Makes a {@link HostRecord}. One for all of the process. */
export function createHostRecord(): HostRecord {
  const [calls, claims, jobs, asked] = [createCounter(), createCounter(), createCounter(), createCounter()];
  let state: SeekPassState = 'unknown';
  return {
    calls,
    claims,
    jobs,
    asked,
    requests: createCounter(),
    requestSeconds: createCounter(),
    seekPassState: () => state,
    onClaim: (outcome) => claims.add([outcome]),
    onSeekPassEvent(event) {
      if (event.type !== 'call') return;
      calls.add([event.operation, event.outcome]);
      state = stateAfter(event.outcome) ?? state;
    },
    worked(report) {
      const { done, retried, dead, lost } = report.jobs;
      for (const [outcome, count] of Object.entries({ done, retried, dead, lost })) {
        jobs.add([outcome], count);
      }
      asked.add([], report.polling.asked);
    },
  };
}

/** `undefined`: it says nothing about SEEK Pass. */
function stateAfter(outcome: string): SeekPassState | undefined {
  switch (outcome) {
    case 'ok':
    case 'rejected':
      return 'ok';
    case 'authentication_failed':
      return 'refused';
    case 'unavailable':
    case 'timed_out':
    case 'rate_limited':
    case 'unexpected_response':
      return 'failing';
    default:
      return undefined;
  }
}
