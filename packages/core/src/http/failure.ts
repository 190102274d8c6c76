import {
  AbortedError,
  AuthenticationError,
  RateLimitedError,
  RejectedError,
  type SeekPassError,
  TimedOutError,
  UnavailableError,
  UnexpectedResponseError,
} from '../errors.ts';
import type { ApiRequest } from './api-request.ts';
import type { Answer, Fault } from './exchange.ts';

/** A 2xx answer that does not say what it should. Internal: becomes an `UnexpectedResponseError`. */
export class Unreadable extends Error {}

/** What an error tells about its call. */
export interface FailedCall {
  readonly request: ApiRequest<unknown>;
  readonly attempts: number;
  /** Some attempt may have reached SEEK Pass without an answer coming back. */
  readonly sent: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Turns an answer that is not a success, or cannot be read, into its error. */
export function answerFailure(
  { request, attempts }: FailedCall,
  answer: Answer,
  retryAfterMs?: number,
  why?: Unreadable,
): SeekPassError {
  const { operation, scopes } = request;
  const { status } = answer;
  const said = `SEEK Pass answered ${operation} with ${status}`;
  const mayPass = why !== undefined || isTransient(status);
  const retryable = status === 429 || (mayPass && request.repeatable !== false);
  // The body of a token answer can hold a token.
  const responseBody = operation === 'token' && status < 300 ? undefined : answer.body;
  const options = { status, responseBody, attempts, retryAfterMs, retryable };
  if (why !== undefined) {
    return new UnexpectedResponseError(`${said}, but ${why.message}: ${advice(retryable)}.`, options);
  }
  if (status === 429) {
    return new RateLimitedError(`${said}: call less often (settings rate and concurrency).`, options);
  }
  if (mayPass) return new UnavailableError(`${said}: ${advice(retryable)}.`, options);
  if (status < 400) {
    return new UnexpectedResponseError(
      `${said}, a redirect that must not be followed: check baseUrl.`,
      options,
    );
  }
  const refused =
    operation === 'token'
      ? ': check clientId, clientSecret, environment, and that the scopes were granted.'
      : scopes !== undefined && status === 401
        ? ', with a new token too: check that clientId and baseUrl belong to one environment.'
        : scopes !== undefined && status === 403
          ? ': ask SEEK Pass whether this client has the scope for it.'
          : undefined;
  return refused === undefined
    ? new RejectedError(
        `${said}: mend the request before you repeat it, responseBody has the reason.`,
        options,
      )
    : new AuthenticationError(said + refused, options);
}

/** Why there is no answer. `paused`: SEEK Pass or the quota asks for more patience than the deadline allows. */
type Reason = Fault['kind'] | 'paused';

/** Turns a call without an answer into its error. */
export function faultFailure(
  { request, attempts, sent, signal }: FailedCall,
  kind: Reason,
  details: { cause?: Error | undefined; retryAfterMs?: number | undefined } = {},
): SeekPassError {
  const { operation } = request;
  const retryable = request.repeatable !== false || !sent;
  const options = { attempts, retryable, ...details };
  switch (kind) {
    case 'timeout':
      return new TimedOutError(
        `${operation} had no whole answer in time (settings attemptTimeoutMs and deadlineMs): ${advice(retryable)}.`,
        options,
      );
    case 'connection':
      return new UnavailableError(
        `The connection failed during ${operation} (settings baseUrl and proxy): ${advice(retryable)}.`,
        options,
      );
    case 'aborted':
      return new AbortedError(`${operation} was stopped by its AbortSignal: ${advice(retryable)}.`, {
        ...options,
        cause: signal?.reason,
      });
    case 'too_large':
      return new UnexpectedResponseError(
        `The answer to ${operation} is larger than maxResponseBytes: raise it if that can be right.`,
        { ...options, retryable: false },
      );
    case 'paused':
      return new RateLimitedError(
        `The wait for a turn is longer than the deadline of ${operation}: repeat it after retryAfterMs.`,
        options,
      );
  }
}

/** Statuses that may go away by themselves. */
export function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function advice(retryable: boolean): string {
  return retryable ? 'it is safe to repeat it' : 'it may have taken effect, look before you repeat it';
}
