import {
  AuthenticationError,
  ConfigurationError,
  InvalidPayloadError,
  RateLimitedError,
  RejectedError,
  SeekPassError,
  TimedOutError,
  UnavailableError,
  validate,
} from '@seek-pass-kit/core';
import { StoreUnavailable } from '@seek-pass-kit/flows';
import { expect, test } from 'vitest';
import { documentedAnswers, httpAnswer } from '../../src/errors/http-answer.ts';

const secretive = 'Nguyễn Thị Lan, lan@example.edu';
const said = { responseBody: secretive, cause: new Error(secretive) };

test.each([
  [new RejectedError(secretive, { ...said, status: 400 }), 422, 'rejected', false],
  [new RejectedError(secretive, { ...said, status: 404 }), 404, 'rejected', false],
  [new AuthenticationError(secretive, said), 502, 'authentication_failed', false],
  [new UnavailableError(secretive, said), 503, 'unavailable', true],
  [new TimedOutError(secretive, said), 504, 'timed_out', true],
  [new ConfigurationError(secretive), 500, 'invalid_configuration', false],
  [new StoreUnavailable(secretive), 503, 'store_unavailable', true],
])('%s: status and code, and nothing of what the error says', (error, statusCode, code, retryable) => {
  const answer = httpAnswer(error);
  expect(answer?.body).toMatchObject({ statusCode, code, retryable });
  expect(JSON.stringify(answer)).not.toMatch(/Lan|lan@/);
});

test('a wait that SEEK Pass asks for is passed on in whole seconds', () => {
  const error = new RateLimitedError('slow down', { retryAfterMs: 1_200 });
  expect(httpAnswer(error)).toMatchObject({ body: { statusCode: 429 }, retryAfterSeconds: 2 });
});

test('each problem of a payload is told, without its value', () => {
  const { problems } = validate({ fields: { full_name: 7 }, credential_type: 'microcredential' });
  const body = httpAnswer(new InvalidPayloadError(problems))?.body;
  expect(body).toMatchObject({ statusCode: 422, code: 'invalid_payload', problems });
  expect(problems.length).toBeGreaterThan(2);
});

test('an error of another copy of the package is known by its brand', () => {
  const copy = Object.assign(new Error('a copy'), {
    code: 'timed_out',
    [Symbol.for('seek-pass-kit.error')]: true,
  });
  expect(httpAnswer(copy)?.body.statusCode).toBe(504);
});

test.each([new Error('boom'), new TypeError('boom'), 'boom', undefined, null])('%s is not ours', (error) => {
  expect(httpAnswer(error)).toBeUndefined();
});

test('every code of the kit has an answer', () => {
  const codes = documentedAnswers.map(({ code }) => code);
  for (const code of codes) {
    if (code === 'store_unavailable') continue;
    expect(httpAnswer(new SeekPassError(code, secretive))?.body).toMatchObject({ code });
  }
  expect(new Set(codes).size).toBe(13);
});
