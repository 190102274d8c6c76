import {
  type InvalidPayloadError,
  type Problem,
  SeekPassError,
  type SeekPassErrorCode,
} from '@seek-pass-kit/core';
import { isStoreUnavailable } from './error-kind.ts';

/** What a client of the application is told of an error: the body of the answer. It names no person, no value and no setting. */
export interface SeekPassErrorBody {
  readonly statusCode: number;
  /** Of the error, or `store_unavailable`. Clients switch on it. */
  readonly code: SeekPassErrorCode | 'store_unavailable';
  readonly message: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** With `invalid_payload`: each thing to mend, without its value. */
  readonly problems?: readonly Problem[];
}

/** An answer to a client of the application. */
export interface HttpAnswer {
  readonly body: SeekPassErrorBody;
  /** After so many seconds the client may try again, when SEEK Pass said so. */
  readonly retryAfterSeconds?: number;
}

type Row = readonly [statusCode: number, message: string, retryable: boolean];

/** What each code means for somebody who calls the application; what went wrong between it and SEEK Pass is for its own log. */
const answers: Readonly<Record<SeekPassErrorBody['code'], Row>> = {
  invalid_payload: [422, 'The credential is not valid. Mend the problems and send it again.', false],
  rejected: [422, 'SEEK Pass refused the request. A person must look into it.', false],
  bad_webhook_signature: [400, 'The webhook is not signed by SEEK Pass.', false],
  rate_limited: [429, 'SEEK Pass asks for fewer requests. Try again later.', true],
  unavailable: [503, 'SEEK Pass does not answer. Try again later.', true],
  store_unavailable: [503, 'The database does not answer. Try again later.', true],
  aborted: [503, 'The request was given up. Try again.', true],
  timed_out: [504, 'SEEK Pass did not answer in time. Try again later.', true],
  unexpected_response: [502, 'SEEK Pass answered something unexpected. A person must look into it.', false],
  hostile_redirect: [502, 'SEEK Pass answered something unexpected. A person must look into it.', false],
  authentication_failed: [
    502,
    'SEEK Pass does not accept this application. A person must look into it.',
    false,
  ],
  invalid_configuration: [
    500,
    'This application is not set up correctly. A person must look into it.',
    false,
  ],
  clock_skewed: [500, 'This application is not set up correctly. A person must look into it.', false],
};

/** The answer to an error of this kit; `undefined` for any other error. Messages are by code: those of errors are for a log. */
export function httpAnswer(error: unknown): HttpAnswer | undefined {
  if (SeekPassError.is(error)) return answerOf(error);
  return isStoreUnavailable(error) ? { body: bodyOf('store_unavailable') } : undefined;
}

function answerOf(error: SeekPassError): HttpAnswer {
  const { code, status, retryAfterMs } = error;
  // SEEK Pass knows no such thing: that is an answer, and nobody has to look into it.
  if (code === 'rejected' && status === 404) {
    return { body: { ...bodyOf(code), statusCode: 404, message: 'SEEK Pass knows no such thing.' } };
  }
  const body = { ...bodyOf(code), ...(hasProblems(error) ? { problems: error.problems } : {}) };
  return retryAfterMs === undefined ? { body } : { body, retryAfterSeconds: Math.ceil(retryAfterMs / 1_000) };
}

/** The body for a code, without problems. */
export function bodyOf(code: SeekPassErrorBody['code']): SeekPassErrorBody {
  const [statusCode, message, retryable] = answers[code];
  return { statusCode, code, message, retryable };
}

/** By its code: two copies of the package may be in one process. */
function hasProblems(error: SeekPassError): error is InvalidPayloadError {
  return error.code === 'invalid_payload';
}

/** Every code that an answer may have, with its status: for the description of an API. */
export const documentedAnswers: readonly SeekPassErrorBody[] = Object.keys(answers).map((code) =>
  bodyOf(code as SeekPassErrorBody['code']),
);
