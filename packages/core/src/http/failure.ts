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
import type { Answer, Fault } from './exchange.ts';
import type { ApiRequest } from './api-request.ts';

/** A 2xx answer that does not say what it should. Internal: becomes an `UnexpectedResponseError`. */
export class Unreadable extends Error {}

/** What the error says besides its message. */
interface Circumstances {
  readonly attempts: number;
  readonly retryAfterMs?: number | undefined;
}

/** Turns an HTTP status that is not a success into its error. */
export function statusFailure(
  answer: Answer,
  request: ApiRequest<unknown>,
  at: Circumstances,
): SeekPassError {
  const { status } = answer;
  const name = request.operation;
  const options = errorOptions(request, at, answer);
  if (status === 429) {
    return new RateLimitedError(
      `SEEK Pass answered ${name} with 429: call less often, or lower the settings rate and concurrency.`,
      options,
    );
  }
  if (isTransient(status)) {
    return new UnavailableError(`SEEK Pass answered ${name} with ${status}: ${repeatAdvice(request)}.`, {
      ...options,
      retryable: request.repeat === 'always',
    });
  }
  if (status === 401 || (name === 'token' && status < 500)) {
    return new AuthenticationError(
      name === 'token'
        ? `SEEK Pass gave no token (${status}): check clientId, clientSecret, environment, and that the scopes were granted to this client.`
        : `SEEK Pass refused the token for ${name} (401), a new one too: check that clientId and baseUrl belong to the same environment.`,
      options,
    );
  }
  if (name === 'uploadAsset' && status >= 400) {
    return new RejectedError(
      `The storage refused the upload (${status}): its link may have ended, or contentType differs; add again for a new link.`,
      options,
    );
  }
  if (status === 403) {
    return new AuthenticationError(
      `SEEK Pass refused ${name} (403): ask SEEK Pass which scope it needs and whether this client has it.`,
      options,
    );
  }
  if (status >= 300 && status < 400) {
    return new UnexpectedResponseError(
      `SEEK Pass redirected ${name} (${status}) in a way that must not be followed: check baseUrl.`,
      options,
    );
  }
  return new RejectedError(
    `SEEK Pass refused ${name} (${status}): its reason is in the property responseBody; mend the request before you repeat it.`,
    options,
  );
}

/** Turns a request without an answer into its error. */
export function faultFailure(fault: Fault, request: ApiRequest<unknown>, at: Circumstances): SeekPassError {
  const name = request.operation;
  const options: SeekPassErrorOptions = {
    ...errorOptions(request, at),
    retryable: request.repeat === 'always' || !fault.sent,
    ...(fault.cause === undefined ? {} : { cause: fault.cause }),
  };
  switch (fault.kind) {
    case 'timeout':
      return timedOut(request, at, fault.sent);
    case 'too_large':
      return new UnexpectedResponseError(
        `The answer to ${name} is larger than maxResponseBytes: raise it if that can be right.`,
        { ...options, retryable: false },
      );
    case 'connection':
      return new UnavailableError(
        `The connection to SEEK Pass failed during ${name}: ${fault.sent ? repeatAdvice(request) : 'check baseUrl, proxy and firewall, then repeat it'}.`,
        options,
      );
    case 'aborted':
      return aborted(request, at, undefined);
  }
}

/** An answer was a success by its status, but cannot be read. */
export function unreadable(
  why: Unreadable,
  answer: Answer,
  request: ApiRequest<unknown>,
  at: Circumstances,
): SeekPassError {
  return new UnexpectedResponseError(
    `SEEK Pass answered ${request.operation} with ${answer.status}, but ${why.message}: ${repeatAdvice(request)}.`,
    { ...errorOptions(request, at, answer), retryable: request.repeat === 'always' },
  );
}

export function timedOut(request: ApiRequest<unknown>, at: Circumstances, sent: boolean): TimedOutError {
  return new TimedOutError(
    `${request.operation} got no whole answer in time (settings attemptTimeoutMs and deadlineMs): ${sent ? repeatAdvice(request) : 'it was not sent, repeat it'}.`,
    { ...errorOptions(request, at), retryable: request.repeat === 'always' || !sent },
  );
}

export function aborted(request: ApiRequest<unknown>, at: Circumstances, reason: unknown): AbortedError {
  return new AbortedError(`${request.operation} was stopped by its AbortSignal.`, {
    ...errorOptions(request, at),
    ...(reason === undefined ? {} : { cause: reason }),
  });
}

export function paused(request: ApiRequest<unknown>, at: Circumstances): RateLimitedError {
  return new RateLimitedError(
    `SEEK Pass asked to wait longer than the deadline of ${request.operation} allows: repeat it after retryAfterMs.`,
    errorOptions(request, at),
  );
}

/** Statuses that may go away by themselves. */
export function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function repeatAdvice(request: ApiRequest<unknown>): string {
  return request.repeat === 'always'
    ? 'it is safe to repeat it later'
    : 'it is unknown whether it took effect; look before you repeat it';
}

function errorOptions(
  request: ApiRequest<unknown>,
  at: Circumstances,
  answer?: Answer,
): SeekPassErrorOptions {
  return {
    attempts: at.attempts,
    ...(at.retryAfterMs === undefined ? {} : { retryAfterMs: at.retryAfterMs }),
    // The body of a token answer can hold a token.
    ...(answer === undefined ? {} : { status: answer.status }),
    ...(answer === undefined || (request.operation === 'token' && answer.status < 300)
      ? {}
      : { responseBody: answer.body }),
  };
}
