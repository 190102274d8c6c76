import { describe, expect, test } from 'vitest';
import type { QuotaTurn, SeekPassEvent, SharedQuota } from '../../src/index.ts';
import { makeClient, microcredential } from '../support/make-client.ts';

const now: QuotaTurn = { taken: true, waitMs: 0 };

/** A quota that gives these turns, and then turns at once. */
function quotaOf(...turns: Array<QuotaTurn | Error>) {
  const asked: Array<{ lane: string; patienceMs: number }> = [];
  const pauses: number[] = [];
  const quota: SharedQuota = {
    async turn(lane, patienceMs) {
      asked.push({ lane, patienceMs });
      const turn = turns.shift() ?? now;
      if (turn instanceof Error) throw turn;
      return turn;
    },
    async pause(ms) {
      pauses.push(ms);
    },
  };
  return { quota, asked, pauses };
}

const input = microcredential();

describe('a quota shared with other processes', () => {
  test('is asked for each request, with its lane and the patience of its deadline', async () => {
    const { quota, asked } = quotaOf();
    const { seekPass, clock } = makeClient([], { quota });
    await clock.runUntilSettled(seekPass.add(input, { lane: 'claims', deadlineMs: 4_000 }));
    expect(asked).toEqual([{ lane: 'claims', patienceMs: 4_000 }]);
    const ids = Array.from({ length: 61 }, (_, at) => `a-${at}`);
    await clock.runUntilSettled(seekPass.statuses(ids, { lane: 'polling' }));
    expect(asked.map(({ lane }) => lane)).toEqual(['claims', 'polling', 'polling', 'polling']);
  });

  test('says when a request starts', async () => {
    const { quota } = quotaOf({ taken: true, waitMs: 700 });
    const { seekPass, clock, apiCalls } = makeClient([], { quota });
    const began = clock.now();
    await clock.runUntilSettled(seekPass.add(input));
    expect(apiCalls()).toMatchObject([{ at: began + 700 }]);
  });

  test('is asked again when it gave no turn', async () => {
    const { quota, asked } = quotaOf({ taken: false, waitMs: 300 }, { taken: false, waitMs: 0 });
    const { seekPass, clock, apiCalls } = makeClient([], { quota });
    const began = clock.now();
    await clock.runUntilSettled(seekPass.add(input));
    expect(asked).toHaveLength(3);
    expect(apiCalls()).toMatchObject([{ at: began + 300 }]);
  });

  test('counts repeats too', async () => {
    const { quota, asked } = quotaOf();
    const { seekPass, clock } = makeClient([{ kind: 'answer', status: 503 }], { quota });
    await clock.runUntilSettled(seekPass.add(input));
    expect(asked).toHaveLength(2);
  });

  test('that leaves no room within the deadline sends nothing and says when to come back', async () => {
    const { quota } = quotaOf({ taken: false, waitMs: 60_000 });
    const { seekPass, clock, apiCalls } = makeClient([], { quota });
    const failed = clock.runUntilSettled(seekPass.add(input).catch((error: unknown) => error));
    expect(await failed).toMatchObject({ code: 'rate_limited', retryAfterMs: 60_000, retryable: true });
    expect(apiCalls()).toEqual([]);
  });

  test('is paused for all processes when SEEK Pass asks for it', async () => {
    const { quota, pauses } = quotaOf();
    const asksToWait = { kind: 'answer', status: 429, headers: { 'retry-after': '7' } } as const;
    const { seekPass, clock } = makeClient([asksToWait], { quota });
    await clock.runUntilSettled(seekPass.add(input));
    expect(pauses).toEqual([7_000]);
  });

  test('that fails is gone around and reported', async () => {
    const events: SeekPassEvent[] = [];
    const { quota } = quotaOf(new Error('store is down'));
    const { seekPass, clock, apiCalls } = makeClient([], { quota, onEvent: (event) => events.push(event) });
    await clock.runUntilSettled(seekPass.add(input));
    expect(apiCalls()).toHaveLength(1);
    expect(events).toContainEqual({ type: 'quota_failed' });
  });

  test('that does not answer holds no call longer than its deadline or its signal', async () => {
    const quota: SharedQuota = { turn: () => new Promise(() => undefined), pause: async () => undefined };
    const { seekPass, clock } = makeClient([], { quota });
    const late = clock.runUntilSettled(seekPass.add(input).catch((error: unknown) => error));
    expect(await late).toMatchObject({ code: 'timed_out' });
    const controller = new AbortController();
    const stopped = seekPass.add(input, { signal: controller.signal }).catch((error: unknown) => error);
    controller.abort();
    expect(await stopped).toMatchObject({ code: 'aborted' });
  });
});
