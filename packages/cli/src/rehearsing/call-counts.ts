import type { SeekPassEvent } from '@seek-pass-kit/core';

/** How often what was called, by operation: `add`, `statuses`, `token`. */
export type CallCounts = Readonly<Record<string, number>>;

/** The calls of this process to SEEK Pass, as its client tells of them. */
export class CallCounter {
  readonly counts: Record<string, number> = {};

  /** For `onEvent` of the client. */
  readonly onSeekPassEvent = (event: SeekPassEvent): void => {
    if (event.type !== 'call') return;
    this.counts[event.operation] = (this.counts[event.operation] ?? 0) + 1;
  };
}

/** What a host says of its calls. */
export interface CallsOfHost {
  readonly calls: CallCounts;
  /** Those that did not end well, such as `add rate_limited`. */
  readonly failed: CallCounts;
  /** Submissions that its polling asked about. */
  readonly asked: number;
  /** Confirmed claims: learners who pressed the button and were sent to SEEK Pass. */
  readonly claims: number;
}

/** Reads the metrics of a host. */
export async function callsOfHost(metrics: string): Promise<CallsOfHost> {
  const text = await (await fetch(metrics)).text();
  const calls: Record<string, number> = {};
  const failed: Record<string, number> = {};
  const line = /^seek_pass_api_calls_total\{operation="([^"]+)",outcome="([^"]+)"\} (\d+)$/gm;
  for (const [, operation = '', outcome = '', count] of text.matchAll(line)) {
    calls[operation] = (calls[operation] ?? 0) + Number(count);
    if (outcome !== 'ok') failed[`${operation} ${outcome}`] = Number(count);
  }
  const value = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0);
  return {
    calls,
    failed,
    asked: value(/^seek_pass_polled_submissions_total (\d+)$/m),
    claims: value(/^seek_pass_claims_total\{outcome="redirect"\} (\d+)$/m),
  };
}

/** All together. */
export function sumOf(all: readonly CallCounts[]): CallCounts {
  const sum: Record<string, number> = {};
  for (const [name, count] of all.flatMap((counts) => Object.entries(counts))) {
    sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}
