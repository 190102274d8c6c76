/**
 * Every error this kit throws on purpose is a {@link SeekPassError} with a stable `code`. Messages name the setting or
 * the field and the remedy; they never carry personal data, tokens or secrets.
 */

import type { Problem } from './credentials/problem.ts';

/** The stable names of what can go wrong. Switch on these; messages may change. */
export type SeekPassErrorCode =
  | 'invalid_configuration'
  | 'clock_skewed'
  | 'invalid_payload'
  | 'authentication_failed'
  | 'rejected'
  | 'rate_limited'
  | 'unavailable'
  | 'unexpected_response'
  | 'hostile_redirect'
  | 'timed_out'
  | 'aborted'
  | 'bad_webhook_signature';

/** What every error of this kit may carry besides its message. */
export interface SeekPassErrorOptions {
  /** Whether doing the same call again, with the same id, is safe and may help. */
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
  /** HTTP status of the answer, when there was one. */
  readonly status?: number | undefined;
  /** How long SEEK Pass asked to wait, in milliseconds, when it did. */
  readonly retryAfterMs?: number | undefined;
  /** The raw body of the answer. It may hold personal data. */
  readonly responseBody?: string | undefined;
  /** How many requests were sent for this call. */
  readonly attempts?: number | undefined;
}

/** Survives two copies of the package in one process (ESM beside CommonJS), where `instanceof` does not. */
const brand = Symbol.for('seek-pass-kit.error');

/**
 * Base of all errors of this kit. Recognise one with {@link SeekPassError.is}, then switch on `code`.
 */
export class SeekPassError extends Error {
  readonly code: SeekPassErrorCode;
  /** Whether doing the same call again, with the same id, is safe and may help. */
  readonly retryable: boolean;
  declare readonly status?: number;
  /** Milliseconds. */
  declare readonly retryAfterMs?: number;
  /** How many requests were sent for this call. */
  declare readonly attempts?: number;
  readonly #responseBody: string | undefined;

  constructor(code: SeekPassErrorCode, message: string, options: SeekPassErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.retryable = options.retryable ?? false;
    if (options.status !== undefined) this.status = options.status;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    if (options.attempts !== undefined) this.attempts = options.attempts;
    this.#responseBody = options.responseBody;
    Object.defineProperty(this, brand, { value: true });
  }

  /** Raw body of the answer. No log, `inspect` or JSON shows it; it may hold personal data, so keep it that way. */
  get responseBody(): string | undefined {
    return this.#responseBody;
  }

  /** True for an error of this kit, whichever copy of the package made it. */
  static is(error: unknown): error is SeekPassError {
    return typeof error === 'object' && error !== null && brand in error;
  }
}

/** What is wrong with one setting. */
export interface SettingProblem {
  /** Path of the setting, such as `clientId`; absent when it is about more than one. */
  readonly setting?: string;
  /** One sentence with the remedy. It holds no value of a setting that may be secret. */
  readonly message: string;
}

/**
 * Settings are missing, malformed or unsafe (`invalid_configuration`), or the machine's clock is off (`clock_skewed`). `problems` lists all of
 * them; the message has a line for each.
 */
export class ConfigurationError extends SeekPassError {
  readonly problems: readonly SettingProblem[];
  constructor(
    problems: string | readonly SettingProblem[],
    code: 'invalid_configuration' | 'clock_skewed' = 'invalid_configuration',
  ) {
    const all = typeof problems === 'string' ? [{ message: problems }] : problems;
    super(code, all.map(({ message }) => message).join('\n'));
    this.problems = all;
  }
}

/** The payload does not fit its schema; nothing was sent. `problems` lists all of them. */
export class InvalidPayloadError extends SeekPassError {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    const first = problems[0];
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    const at = first === undefined ? '' : `: ${first.path}: ${first.message}. ${first.remedy}`;
    super('invalid_payload', `The payload is not valid, nothing was sent${at}${more}`);
    this.problems = problems;
  }
}

/** SEEK Pass refused the client id, the secret, the scope or the token. */
export class AuthenticationError extends SeekPassError {
  constructor(message: string, options?: SeekPassErrorOptions) {
    super('authentication_failed', message, options);
  }
}

/** SEEK Pass answered 4xx: a person must mend the request. */
export class RejectedError extends SeekPassError {
  constructor(message: string, options?: SeekPassErrorOptions) {
    super('rejected', message, options);
  }
}

/** SEEK Pass answered 429 until the attempts or the deadline ran out. */
export class RateLimitedError extends SeekPassError {
  constructor(message: string, options?: SeekPassErrorOptions) {
    super('rate_limited', message, { retryable: true, ...options });
  }
}

/** No answer, a broken connection, or 5xx, until the attempts ran out. */
export class UnavailableError extends SeekPassError {
  constructor(message: string, options?: SeekPassErrorOptions) {
    super('unavailable', message, options);
  }
}

/** SEEK Pass answered something that this kit cannot read (`unexpected_response`) or must not follow (`hostile_redirect`). */
export class UnexpectedResponseError extends SeekPassError {
  constructor(
    message: string,
    options?: SeekPassErrorOptions,
    code: 'unexpected_response' | 'hostile_redirect' = 'unexpected_response',
  ) {
    super(code, message, options);
  }
}

/** The deadline of the call passed. */
export class TimedOutError extends SeekPassError {
  constructor(message: string, options?: SeekPassErrorOptions) {
    super('timed_out', message, options);
  }
}

/** The caller's `AbortSignal` fired; its reason is the `cause`. */
export class AbortedError extends SeekPassError {
  constructor(message: string, options?: SeekPassErrorOptions) {
    super('aborted', message, options);
  }
}

/** Why a webhook was refused. */
export type WebhookSignatureReason =
  | 'body_not_raw'
  | 'missing_header'
  | 'duplicate_header'
  | 'bad_timestamp'
  | 'too_old'
  | 'too_new'
  | 'bad_signature'
  | 'bad_payload';

/** A webhook that did not come from SEEK Pass, came too late, or was changed on the way. */
export class WebhookSignatureError extends SeekPassError {
  readonly reason: WebhookSignatureReason;
  constructor(reason: WebhookSignatureReason, message: string, options?: SeekPassErrorOptions) {
    super('bad_webhook_signature', message, options);
    this.reason = reason;
  }
}
