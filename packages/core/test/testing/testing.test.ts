import { describe, expect, test } from 'vitest';
import { FaultDispatcher, ManualClock, sign } from '../../src/testing/index.ts';
import { verifyWebhook } from '../../src/webhooks/index.ts';

describe('ManualClock', () => {
  test('fires timers in the order of their time, then of their making, and cancels', () => {
    const clock = new ManualClock(1000);
    const fired: string[] = [];
    clock.setTimer(20, () => fired.push('late'));
    clock.setTimer(10, () => {
      fired.push(`early at ${clock.now()}`);
      clock.setTimer(5, () => fired.push('from a timer'));
    });
    clock.setTimer(10, () => fired.push('early too'));
    clock.setTimer(1, () => fired.push('never'))();
    clock.advance(15);
    expect(fired).toEqual(['early at 1010', 'early too', 'from a timer']);
    expect(clock.now()).toBe(1015);
    clock.advance(5);
    expect(fired).toHaveLength(4);
    expect(clock.pendingTimers).toBe(0);
  });

  test('runUntilSettled says so when a promise waits for something else', async () => {
    await expect(new ManualClock().runUntilSettled(new Promise(() => undefined))).rejects.toThrow('no timer');
    await expect(new ManualClock().runUntilSettled(Promise.reject(new Error('mine')))).rejects.toThrow(
      'mine',
    );
  });
});

test('FaultDispatcher notes every request, also those its server never saw', async () => {
  const dispatcher = new FaultDispatcher({
    faults: [{ kind: 'refused' }],
    server: () => ({ status: 200, body: 'ok' }),
  });
  const seen: string[] = [];
  const send = (path: string) =>
    new Promise<void>((resolve) => {
      dispatcher.dispatch(
        { origin: 'https://a.example', path, method: 'POST', headers: ['X-A', '1'], body: 'b' },
        {
          onResponseStart: (_controller, status) => void seen.push(String(status)),
          onResponseData: (_controller, chunk) => void seen.push(chunk.toString()),
          onResponseEnd: () => resolve(),
          onResponseError: (_controller, error) => {
            seen.push(error.message);
            resolve();
          },
        },
      );
    });
  await send('/1');
  await send('/2');
  expect(seen).toEqual(['ECONNREFUSED', '200', 'ok']);
  expect(dispatcher.requests).toMatchObject([
    { path: '/1', body: 'b', headers: { 'x-a': '1' } },
    { path: '/2', origin: 'https://a.example' },
  ]);
});

test('sign makes what verifyWebhook accepts', () => {
  const secret = '4f1d0c7b9a3e5826'.repeat(4);
  const body = JSON.stringify({
    event_id: 'e',
    request_id: 'r',
    type: 'vwsp_request.verified',
    created_at: '2026-01-01T00:00:00.000000Z',
  });
  const headers = sign({ body, secret, timestamp: Math.floor(Date.now() / 1000) });
  expect(verifyWebhook({ body, headers, secrets: [secret] }).event.request_id).toBe('r');
});
