import type { SeekPassErrorOptions } from '../errors.ts';
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

/** What the error says besides its message. */
interface Circumstances {
  readonly attempts: number;
  readonly retryAfterMs?: number | undefined;
}

/** Turns an answer that is not a success, or cannot be read, into its error. */
export function answerFailure(
  answer: Answer,
  { operation, repeat }: ApiRequest<unknown>,
  { attempts, retryAfterMs }: Circumstances,
  why?: Unreadable,
): SeekPassError {
  const { status } = answer;
  const said = `SEEK Pass answered ${operation} with ${status}`;
  const retryable = repeat === 'always';
  // The body of a token answer can hold a token.
  const responseBody = operation === 'token' && status < 300 ? undefined : answer.body;
  const options = { status, responseBody, attempts, retryAfterMs };
  if (why !== undefined) {
    return new UnexpectedResponseError(`${said}, but ${why.message}: ${advice(retryable)}.`, {
      ...options,
      retryable,
    });
  }
  if (status === 429) {
    return new RateLimitedError(`${said}: call less often (settings rate and concurrency).`, options);
  }
  if (isTransient(status))
    return new UnavailableError(`${said}: ${advice(retryable)}.`, { ...options, retryable });
  if (status < 400) {
    return new UnexpectedResponseError(
      `${said}, a redirect that must not be followed: check baseUrl.`,
      options,
    );
  }
  if (operation === 'token') {
    return new AuthenticationError(
      `${said}: check clientId, clientSecret, environment, and that the scopes were granted.`,
      options,
    );
  }
  if (operation !== 'uploadAsset' && status === 401) {
    return new AuthenticationError(
      `${said}, with a new token too: check that clientId and baseUrl belong to one environment.`,
      options,
    );
  }
  if (operation !== 'uploadAsset' && status === 403) {
    return new AuthenticationError(
      `${said}: ask SEEK Pass whether this client has the scope for it.`,
      options,
    );
  }
  return new RejectedError(
    `${said}: mend the request before you repeat it, responseBody has the reason.`,
    options,
  );
}

/** Why there is no answer. `queue`: the deadline came before a request was sent. */
type Reason = Fault['kind'] | 'paused';

/** Turns a call without an answer into its error. */
export function faultFailure(
  kind: Reason,
  { operation, repeat }: ApiRequest<unknown>,
  { attempts, retryAfterMs }: Circumstances,
  sent: boolean,
  cause?: unknown,
): SeekPassError {
  const retryable = repeat === 'always' || !sent;
  const options: SeekPassErrorOptions = { attempts, retryAfterMs, retryable, cause };
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
      return new AbortedError(`${operation} was stopped by its AbortSignal: ${advice(retryable)}.`, options);
    case 'too_large':
      return new UnexpectedResponseError(
        `The answer to ${operation} is larger than maxResponseBytes: raise it if that can be right.`,
        { ...options, retryable: false },
      );
    case 'paused':
      return new RateLimitedError(
        `SEEK Pass asked to wait longer than the deadline of ${operation}: repeat it after retryAfterMs.`,
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
