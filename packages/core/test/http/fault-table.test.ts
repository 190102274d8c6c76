import { describe, expect, test } from 'vitest';
import { SeekPassError } from '../../src/index.ts';
import type { Fault } from '../../src/testing/index.ts';
import { makeClient, microcredential } from '../support/make-client.ts';

/** Half of 250 ms: with `random` at 0.5 the first wait. */
const firstWait = 125;
const attemptTimeout = 10_000;
const retryAfterSeconds = 7;
/** After Retry-After half of `retryBaseMs` is added. */
const askedWait = retryAfterSeconds * 1000 + 125;

interface Row {
  readonly name: string;
  readonly fault: (headers: Record<string, string>) => Fault;
  /** How long the failed attempt itself takes. */
  readonly takesMs?: number;
  /** The wait when Retry-After comes with the fault; by default as without. */
  readonly waitWithRetryAfter?: number;
  readonly wait?: number;
  readonly errorCode: string;
}

const answers = (code: number, errorCode: string): Row => ({
  name: String(code),
  fault: (headers) => ({ kind: 'answer', status: code, headers, body: { error: 'x' } }),
  waitWithRetryAfter: askedWait,
  errorCode,
});

const rows: Row[] = [
  answers(429, 'rate_limited'),
  answers(408, 'unavailable'),
  answers(500, 'unavailable'),
  answers(502, 'unavailable'),
  answers(503, 'unavailable'),
  { name: 'refused', fault: () => ({ kind: 'refused' }), errorCode: 'unavailable' },
  {
    name: 'reset before acceptance',
    fault: () => ({ kind: 'reset', accepted: false }),
    errorCode: 'unavailable',
  },
  {
    name: 'reset after acceptance',
    fault: () => ({ kind: 'reset', accepted: true }),
    errorCode: 'unavailable',
  },
  {
    name: 'hang',
    fault: () => ({ kind: 'hang', accepted: true }),
    takesMs: attemptTimeout,
    errorCode: 'timed_out',
  },
  {
    name: 'slow body',
    fault: () => ({ kind: 'slow_body', msPerByte: 1000 }),
    takesMs: attemptTimeout,
    errorCode: 'timed_out',
  },
  { name: 'truncated JSON', fault: () => ({ kind: 'truncated' }), errorCode: 'unexpected_response' },
  {
    name: 'HTML instead of JSON',
    fault: (headers) => ({ kind: 'html', headers }),
    errorCode: 'unexpected_response',
  },
];

describe.each(rows)('$name', (row) => {
  describe.each([{ retryAfter: false }, { retryAfter: true }])(
    'Retry-After: $retryAfter',
    ({ retryAfter }) => {
      const headers: Record<string, string> = retryAfter ? { 'retry-after': String(retryAfterSeconds) } : {};
      const wait = retryAfter ? (row.waitWithRetryAfter ?? firstWait) : firstWait;
      const took = row.takesMs ?? 0;

      test('once: the second attempt succeeds after the wait, and SEEK Pass has one submission', async () => {
        const { seekPass, clock, apiCalls, server } = makeClient([row.fault(headers)]);
        const startedAt = clock.now();
        const { redirectUri } = await clock.runUntilSettled(seekPass.add(microcredential()));
        expect(apiCalls().map((call) => call.at - startedAt)).toEqual([0, took + wait]);
        expect(clock.now() - startedAt).toBe(took + wait);
        expect([...server.submissions.values()]).toEqual([[apiCalls()[0]?.body]]);
        expect(redirectUri).toContain('content=request-1');
      });

      test('always: gives up with a typed error that says a repeat is safe, within the deadline', async () => {
        const { seekPass, clock, apiCalls, server } = makeClient(
          Array.from({ length: 50 }, () => row.fault(headers)),
        );
        const startedAt = clock.now();
        const error = await clock.runUntilSettled(
          seekPass.add(microcredential()).catch((thrown: unknown) => thrown),
        );
        expect(error).toMatchObject({ code: row.errorCode, retryable: true, attempts: apiCalls().length });
        expect(SeekPassError.is(error)).toBe(true);
        expect(clock.now() - startedAt).toBeLessThanOrEqual(30_000);
        expect(server.submissions.size).toBeLessThanOrEqual(1);
        expect(new Set(apiCalls().map((call) => call.body)).size).toBe(1);

        const gaps = apiCalls().map((call) => call.at - startedAt);
        if (took > 0) expect(gaps).toEqual([0, 10_125, 20_375]);
        else if (wait === askedWait) expect(gaps).toEqual([0, 7_125, 14_250, 21_375]);
        else expect(gaps).toEqual([0, 125, 375, 875]);
      });
    },
  );
});

describe('401', () => {
  test('once: one new token, one repeat at once, one submission', async () => {
    const { seekPass, clock, apiCalls, tokenCalls, server } = makeClient([{ kind: 'answer', status: 401 }]);
    const startedAt = clock.now();
    await clock.runUntilSettled(seekPass.add(microcredential()));
    expect(apiCalls()).toHaveLength(2);
    expect(tokenCalls()).toHaveLength(2);
    expect(clock.now()).toBe(startedAt);
    expect(server.submissions.size).toBe(1);
  });

  test('always: exactly 2 API calls and 1 extra token call, then a typed error', async () => {
    const { seekPass, clock, apiCalls, tokenCalls } = makeClient(
      Array.from(
        { length: 50 },
        (): Fault => ({ kind: 'answer', status: 401, headers: { 'retry-after': '1' } }),
      ),
    );
    const error = await clock.runUntilSettled(
      seekPass.add(microcredential()).catch((thrown: unknown) => thrown),
    );
    expect(error).toMatchObject({ code: 'authentication_failed', status: 401, attempts: 2 });
    expect(apiCalls()).toHaveLength(2);
    expect(tokenCalls()).toHaveLength(2);
    await clock.runUntilSettled(seekPass.add(microcredential()).catch(() => undefined));
    expect(apiCalls(), 'the next call does not renew again').toHaveLength(3);
    expect(tokenCalls()).toHaveLength(2);
    clock.advance(60_000);
    await clock.runUntilSettled(seekPass.add(microcredential()).catch(() => undefined));
    expect(tokenCalls(), 'a minute later it tries once more').toHaveLength(3);
  });
});

test('a Retry-After beyond the deadline ends the call at once and is passed on', async () => {
  const { seekPass, clock, apiCalls } = makeClient([
    { kind: 'answer', status: 429, headers: { 'retry-after': '3600' } },
  ]);
  const startedAt = clock.now();
  const error = await clock.runUntilSettled(
    seekPass.add(microcredential()).catch((thrown: unknown) => thrown),
  );
  expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 3_600_000, retryable: true });
  expect(clock.now()).toBe(startedAt);
  expect(apiCalls()).toHaveLength(1);

  const next = await clock.runUntilSettled(
    seekPass.add(microcredential('award-2')).catch((thrown: unknown) => thrown),
  );
  expect(next, 'the pause holds for the whole client').toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 3_600_000,
  });
  expect(apiCalls()).toHaveLength(1);
  expect(clock.pendingTimers, 'nothing keeps the process alive').toBe(0);
  clock.advance(3_600_000);
  await clock.runUntilSettled(seekPass.add(microcredential('award-2')));
  expect(apiCalls()).toHaveLength(2);
});

test('a Retry-After date counts from the Date of the same answer, whatever the local clock says', async () => {
  const { seekPass, clock, apiCalls } = makeClient([
    {
      kind: 'answer',
      status: 503,
      headers: { date: 'Wed, 10 Jun 2026 10:00:00 GMT', 'retry-after': 'Wed, 10 Jun 2026 10:00:05 GMT' },
    },
  ]);
  const startedAt = clock.now();
  await clock.runUntilSettled(seekPass.add(microcredential()));
  expect(apiCalls().map((call) => call.at - startedAt)).toEqual([0, 5_125]);
});

test('the first attempt hangs, the second has a timeout of its own and succeeds', async () => {
  const { seekPass, clock } = makeClient([
    { kind: 'hang', accepted: false },
    { kind: 'slow_body', msPerByte: 50 },
  ]);
  await expect(clock.runUntilSettled(seekPass.add(microcredential()))).resolves.toMatchObject({
    id: 'award-1',
  });
});

test('the deadline of a call cuts the attempt that runs over it', async () => {
  const { seekPass, clock, apiCalls } = makeClient([{ kind: 'hang', accepted: true }]);
  const startedAt = clock.now();
  const error = await clock.runUntilSettled(
    seekPass.add(microcredential(), { deadlineMs: 3_000 }).catch((thrown: unknown) => thrown),
  );
  expect(error).toMatchObject({ code: 'timed_out', retryable: true, attempts: 1 });
  expect(clock.now() - startedAt).toBe(3_000);
  expect(apiCalls()).toHaveLength(1);
});

test.each([400, 404, 409, 422])('a %d is never repeated', async (status) => {
  const { seekPass, clock, apiCalls } = makeClient([
    { kind: 'answer', status, headers: { 'retry-after': '1' }, body: { error: 'bad name' } },
  ]);
  const error = await clock.runUntilSettled(
    seekPass.add(microcredential()).catch((thrown: unknown) => thrown),
  );
  expect(error).toMatchObject({
    code: 'rejected',
    status,
    retryable: false,
    responseBody: '{"error":"bad name"}',
  });
  expect(apiCalls()).toHaveLength(1);
});

test('a larger answer than allowed is refused and not repeated', async () => {
  const { seekPass, clock, apiCalls } = makeClient(
    [{ kind: 'answer', status: 200, body: 'x'.repeat(2000) }],
    {
      maxResponseBytes: 1000,
    },
  );
  const error = await clock.runUntilSettled(
    seekPass.add(microcredential()).catch((thrown: unknown) => thrown),
  );
  expect(error).toMatchObject({ code: 'unexpected_response' });
  expect(apiCalls()).toHaveLength(1);
});
