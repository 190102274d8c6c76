import type { ApiRequest } from './http/api-request.ts';

/** placeholder */
export type TelemetryApi = object;
export interface AttemptEnd {
  readonly status?: number;
  readonly fault?: string;
  readonly nextInMs?: number;
}
export interface CallObservation {
  attemptStarted(attempt: number): void;
  attemptEnded(end: AttemptEnd): void;
  callEnded(attempts: number, error: unknown): void;
}
export interface Telemetry {
  callStarted(request: ApiRequest<unknown>, startedAt: number): CallObservation;
}
