import { type Clock, type SeekPassEvent, systemClock } from '@seek-pass-kit/core';
import type { ClaimOutcome } from '../claims/submit-claim.ts';
import type { FlowNotice } from '../flow-notice.ts';
import type { InboxDelivery } from '../inbox/inbox-delivery.ts';
import { type Counter, createCounter } from '../metrics/counter.ts';
import { metrics } from '../metrics/definitions.ts';
import type { MetricDefinition, Reading } from '../metrics/metric.ts';
import type { WorkReport } from './work-loop.ts';

/**
 * How SEEK Pass answered last: `ok`, `refused` (it does not accept the client's secret or scope), `failing` (no answer,
 * or too many requests), `unknown` before the first call.
 */
export type SeekPassState = 'ok' | 'refused' | 'failing' | 'unknown';

/** What the calls to SEEK Pass showed. Times are by the clock of the record, in milliseconds since the epoch. */
export interface SeekPassSeen {
  readonly state: SeekPassState;
  /** When the last call ended that says something about SEEK Pass: not one that we broke off. Absent before the first one. */
  readonly answeredAt?: number;
  /** The token that came into use last: from SEEK Pass, or from the store that processes share. */
  readonly token?: { readonly at: number; readonly expiresAt: number };
}

/**
 * What a host remembers for its health and its metrics. Nothing of it names a person, an award or a course.
 *
 * ```ts
 * const record = createHostRecord();
 * const seekPass = new SeekPass({ …, onEvent: record.onSeekPassEvent });
 * const flow = createAddFlow({ …, onNotice: record.onNotice });
 * const host = await createHost({ …, record });
 * ```
 */
export interface HostRecord {
  /** For `onEvent` of the client: tells how SEEK Pass is without asking it. */
  readonly onSeekPassEvent: (event: SeekPassEvent) => void;
  /** For `onNotice` of the flows. */
  readonly onNotice: (notice: FlowNotice) => void;
  /** For `onDelivery` of the inbox. */
  readonly onDelivery: (delivery: InboxDelivery) => void;
  readonly seekPass: () => SeekPassSeen;
  /** Counts a run of the worker. */
  readonly worked: (report: WorkReport) => void;
  /** Counts an answer: its route, and its class of status (`2xx`) or `aborted`. */
  readonly answered: (route: string, status: string, seconds: number) => void;
  /** All that was counted. */
  readonly readings: () => Reading[];
}

/** Counted since the process began. Those of few known labels are there from the start: a graph sees the first one come. */
const counted = [
  metrics.claims,
  metrics.dedupeHits,
  metrics.mailsSent,
  metrics.webhooks,
  metrics.jobs,
  metrics.polls,
  metrics.polledSubmissions,
  metrics.apiCalls,
  metrics.apiCallSeconds,
  metrics.apiRepeats,
  metrics.tokenFetches,
  metrics.withoutShared,
  metrics.httpRequests,
  metrics.httpRequestSeconds,
] as const;

type Counted = (typeof counted)[number];

const claimOutcomes = [
  'redirect',
  'not_claimable',
  'confirm_again',
  'paused',
  'rejected',
  'unavailable',
] as const satisfies Array<ClaimOutcome['outcome']>;

const fromTheStart: ReadonlyArray<readonly [of: Counted, labels: readonly string[]]> = [
  [metrics.polls, []],
  [metrics.polledSubmissions, []],
  [metrics.dedupeHits, ['award']],
  [metrics.dedupeHits, ['webhook']],
  [metrics.tokenFetches, ['ok']],
  [metrics.tokenFetches, ['authentication_failed']],
  ...claimOutcomes.map((outcome) => [metrics.claims, [outcome]] as const),
  ...['accepted', 'refused', 'unknown'].map((outcome) => [metrics.mailsSent, [outcome]] as const),
  [metrics.withoutShared, ['quota']],
  [metrics.withoutShared, ['token_store']],
  ...['done', 'retried', 'dead', 'lost'].map((outcome) => [metrics.jobs, [outcome]] as const),
  ...[
    'stored',
    'duplicate',
    'refused',
    'bad_signature',
    'unavailable',
    'quarantined',
    'recovered',
    'lost',
  ].map((outcome) => [metrics.webhooks, [outcome]] as const),
];

/** Makes a {@link HostRecord}. One for all of a process; one for each client, when there are several. */
export function createHostRecord({ clock = systemClock }: { readonly clock?: Clock } = {}): HostRecord {
  const counters = new Map<MetricDefinition, Counter>(counted.map((of) => [of, createCounter()]));
  const count = (of: Counted, labels: readonly string[], amount = 1) => counters.get(of)?.add(labels, amount);
  for (const [of, labels] of fromTheStart) count(of, labels, 0);
  let seen: SeekPassSeen = { state: 'unknown' };

  const called = ({ operation, outcome, durationMs }: Extract<SeekPassEvent, { type: 'call' }>): void => {
    const state = stateAfter(outcome);
    if (state !== undefined) seen = { ...seen, state, answeredAt: clock.now() };
    if (operation === 'token') {
      count(metrics.tokenFetches, [outcome]);
      return;
    }
    count(metrics.apiCalls, [operation, outcome]);
    count(metrics.apiCallSeconds, [operation], durationMs / 1_000);
  };

  return {
    seekPass: () => seen,
    onSeekPassEvent(event) {
      switch (event.type) {
        case 'call':
          called(event);
          return;
        case 'token':
          seen = { ...seen, token: { at: clock.now(), expiresAt: clock.now() + event.expiresInMs } };
          return;
        case 'attempt':
          if (event.attempt > 1) count(metrics.apiRepeats, [event.operation]);
          return;
        case 'quota_failed':
          count(metrics.withoutShared, ['quota']);
          return;
        case 'token_store_failed':
          count(metrics.withoutShared, ['token_store']);
      }
    },
    onNotice(notice) {
      if (notice.event === 'claim_ended') count(metrics.claims, [notice.outcome]);
      if (notice.event === 'mail_sent') count(metrics.mailsSent, ['accepted']);
      if (notice.event === 'mail_failed') count(metrics.mailsSent, [notice.state]);
      if (notice.event === 'awards_issued')
        count(metrics.dedupeHits, ['award'], notice.results.unchanged ?? 0);
    },
    onDelivery(delivery) {
      // By itself: when we hold the wrong secret, all that SEEK Pass sends ends so.
      const isUnknownSecret = delivery.outcome === 'refused' && delivery.reason === 'bad_signature';
      count(metrics.webhooks, [isUnknownSecret ? delivery.reason : delivery.outcome]);
      if (delivery.outcome === 'duplicate') count(metrics.dedupeHits, ['webhook']);
    },
    worked(report) {
      const { jobs, polling } = 'polling' in report ? report : { jobs: report, polling: undefined };
      for (const outcome of ['done', 'retried', 'dead', 'lost'] as const) {
        count(metrics.jobs, [outcome], jobs[outcome]);
      }
      // Without calls: a verification is asked about by itself, which is no poll of submissions.
      if (polling?.calls === undefined) return;
      count(metrics.polls, [], polling.calls);
      count(metrics.polledSubmissions, [], polling.asked);
    },
    answered(route, status, seconds) {
      count(metrics.httpRequests, [route, status]);
      count(metrics.httpRequestSeconds, [route], seconds);
    },
    readings: () => [...counters].map(([of, counter]) => ({ of, values: counter.values() })),
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
