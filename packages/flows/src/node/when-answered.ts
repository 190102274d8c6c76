import type { ServerResponse } from 'node:http';
import type { Clock } from '@seek-pass-kit/core';
import type { HostRecord } from './host-record.ts';

/** How an answer ended. */
export interface Answered {
  /** Path of the route; `other` for what no route serves. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  /** The client gave up, or the answer was cut. */
  readonly aborted: boolean;
}

/** Counts an answer when it is over. */
export function whenAnswered(
  outgoing: ServerResponse,
  route: string,
  { record, clock }: { readonly record: Pick<HostRecord, 'answered'>; readonly clock: Clock },
  tell: (answered: Answered) => void = () => undefined,
): void {
  const startedAt = clock.now();
  outgoing.once('close', () => {
    const durationMs = clock.now() - startedAt;
    const aborted = !outgoing.writableFinished;
    const status = outgoing.statusCode;
    record.answered(route, aborted ? 'aborted' : `${Math.floor(status / 100)}xx`, durationMs / 1_000);
    tell({ route, status, durationMs, aborted });
  });
}
