import { describe, expect, test } from 'vitest';
import { makeClient, microcredential } from '../support/make-client.ts';

const thrown = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);
const bulk = (calls: readonly { body: string }[]) =>
  calls.map((call) => (JSON.parse(call.body) as { ids: string[] }).ids);

describe('status', () => {
  test('one id, escaped in the path; finalized_at is optional and unknown values are kept', async () => {
    const { seekPass, clock, apiCalls } = makeClient([
      {
        kind: 'answer',
        status: 200,
        body: { id: 'a/../b?c', status: 'verified', finalized_at: '2026-01-01T12:00:00Z', more: 1 },
      },
      { kind: 'answer', status: 200, body: { status: 'frozen', finalized_at: null } },
    ]);
    expect(await clock.runUntilSettled(seekPass.status('a/../b?c'))).toEqual({
      id: 'a/../b?c',
      status: 'verified',
      finalizedAt: '2026-01-01T12:00:00Z',
    });
    expect(apiCalls()[0]?.path).toBe('/api/partner/v1/submissions/a%2F..%2Fb%3Fc/status.json');
    expect(await clock.runUntilSettled(seekPass.status('x'))).toEqual({ id: 'x', status: 'frozen' });
  });

  test.each(['', '.', '..', 7, undefined])('%j is no id, nothing is sent', async (id) => {
    const { seekPass, network } = makeClient();
    expect(await thrown(seekPass.status(id as string))).toMatchObject({ code: 'invalid_configuration' });
    expect(await thrown(seekPass.statuses(['a', id as string]))).toMatchObject({
      code: 'invalid_configuration',
    });
    expect(network.requests).toHaveLength(0);
  });

  test('an answer about another id is never taken', async () => {
    const { seekPass, clock } = makeClient(
      Array.from({ length: 9 }, () => ({
        kind: 'answer',
        status: 200,
        body: { id: 'b', status: 'verified' },
      })),
    );
    expect(await clock.runUntilSettled(thrown(seekPass.status('a')))).toMatchObject({
      code: 'unexpected_response',
    });
  });
});

describe('statuses', () => {
  test.each([
    [0, 0],
    [1, 1],
    [29, 1],
    [30, 1],
    [31, 2],
    [60, 2],
    [61, 3],
    [10_000, 334],
  ])('%d ids: %d calls, never more than 30 in one, every id answered in order', async (count, calls) => {
    const { seekPass, clock, server, apiCalls } = makeClient();
    const ids = Array.from({ length: count }, (_, i) => `id-${i}`);
    for (const id of ids) server.submissions.set(id, []);
    const result = await clock.runUntilSettled(seekPass.statuses(ids));
    expect(result.map((status) => status.id)).toEqual(ids);
    expect(result.every((status) => status.status === 'incomplete')).toBe(true);
    expect(apiCalls()).toHaveLength(calls);
    expect(Math.max(0, ...bulk(apiCalls()).map((group) => group.length))).toBeLessThanOrEqual(30);
  });

  test('takes any iterable, asks for a repeated id once, reports what the answer leaves out', async () => {
    const { seekPass, clock, apiCalls } = makeClient();
    await clock.runUntilSettled(seekPass.add(microcredential('here')));
    function* ids() {
      for (let i = 0; i < 100; i++) yield i % 2 === 0 ? 'here' : 'gone';
    }
    expect(await clock.runUntilSettled(seekPass.statuses(ids()))).toEqual([
      { id: 'here', status: 'incomplete' },
      { id: 'gone', status: 'not_reported' },
    ]);
    expect(bulk(apiCalls().slice(1))).toEqual([['here', 'gone']]);
  });

  test('the first failure stops the rest', async () => {
    const { seekPass, clock, apiCalls } = makeClient([{ kind: 'pass' }, { kind: 'answer', status: 403 }], {
      concurrency: 1,
    });
    const ids = Array.from({ length: 300 }, (_, i) => `id-${i}`);
    expect(await clock.runUntilSettled(thrown(seekPass.statuses(ids)))).toMatchObject({
      code: 'authentication_failed',
      status: 403,
    });
    expect(apiCalls()).toHaveLength(2);
  });

  test('an answer without the list is repeated, then a typed error', async () => {
    const { seekPass, clock, apiCalls } = makeClient(
      Array.from({ length: 9 }, () => ({ kind: 'answer', status: 200, body: { statuses: [] } })),
    );
    expect(await clock.runUntilSettled(thrown(seekPass.statuses(['a'])))).toMatchObject({
      code: 'unexpected_response',
      retryable: true,
    });
    expect(apiCalls()).toHaveLength(4);
  });
});
