import { describe, expect, it } from 'vitest';
import {
  ConfigurationError,
  createMemoryEventLedger,
  processOnce,
  type EventLedger,
} from '../../src/webhooks/index.ts';

const event = { event_id: 'e-1' };

function setUp(options: { maxEvents?: number } = {}) {
  let time = 0;
  const ledger = createMemoryEventLedger({ ...options, now: () => time });
  return { ledger, advance: (ms: number) => (time += ms) };
}

describe('processOnce', () => {
  it('works on an event once', async () => {
    const { ledger } = setUp();
    let runs = 0;
    const work = async () => void runs++;
    expect(await processOnce(ledger, event, work)).toBe('processed');
    expect(await processOnce(ledger, event, work)).toBe('already_processed');
    expect(await processOnce(ledger, { event_id: 'e-2' }, work)).toBe('processed');
    expect(runs).toBe(2);
  });

  it('does not count a failure as done: the next delivery does the work', async () => {
    const { ledger } = setUp();
    const failure = new Error('database away');
    await expect(processOnce(ledger, event, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await processOnce(ledger, event, async () => {})).toBe('processed');
  });

  it('passes the error of the work on, even when giving the event back fails too', async () => {
    const { ledger } = setUp();
    const broken: EventLedger = { ...ledger, release: () => Promise.reject(new Error('ledger away')) };
    const failure = new Error('database away');
    await expect(processOnce(broken, event, () => Promise.reject(failure))).rejects.toBe(failure);
  });

  it('lets one of many deliveries at the same time work', async () => {
    const { ledger } = setUp();
    let finish: () => void = () => {};
    const gate = new Promise<void>((resolve) => (finish = resolve));
    const all = Array.from({ length: 20 }, () => processOnce(ledger, event, () => gate));
    const others = await Promise.all(all.slice(1));
    finish();
    expect(await all[0]).toBe('processed');
    expect(new Set(others)).toEqual(new Set(['in_progress']));
  });

  it('works again after a crash, once the lease ran out', async () => {
    const { ledger, advance } = setUp();
    await ledger.claim('e-1');
    expect(await processOnce(ledger, event, async () => {})).toBe('in_progress');
    advance(60_000);
    expect(await processOnce(ledger, event, async () => {})).toBe('processed');
  });
});

describe('createMemoryEventLedger', () => {
  it('remembers for the window and then forgets', async () => {
    const { ledger, advance } = setUp();
    await processOnce(ledger, event, async () => {});
    advance(24 * 3_600_000 - 1);
    expect((await ledger.claim('e-1')).outcome).toBe('completed');
    advance(1);
    expect((await ledger.claim('e-1')).outcome).toBe('claimed');
  });

  it('does not let a late worker give away a claim that another one holds by now', async () => {
    const { ledger, advance } = setUp();
    const late = await ledger.claim('e-1');
    advance(60_000);
    await ledger.claim('e-1');
    if (late.outcome === 'claimed') await ledger.release(late);
    expect((await ledger.claim('e-1')).outcome).toBe('in_progress');
  });

  it('forgets the oldest beyond its limit', async () => {
    const { ledger } = setUp({ maxEvents: 2 });
    for (const event_id of ['e-1', 'e-2', 'e-3']) await processOnce(ledger, { event_id }, async () => {});
    expect((await ledger.claim('e-3')).outcome).toBe('completed');
    expect((await ledger.claim('e-1')).outcome).toBe('claimed');
  });

  it('refuses a window in which a captured delivery is still fresh', () => {
    expect(() => createMemoryEventLedger({ windowMs: 900_000 })).toThrow(ConfigurationError);
  });

  it.each([
    { windowMs: Number.NaN },
    { leaseMs: Number.NaN },
    { leaseMs: 0 },
    { maxEvents: Number.NaN },
    { maxEvents: 0 },
  ])('refuses %j, with which nothing would be remembered', (options) => {
    expect(() => createMemoryEventLedger(options)).toThrow(ConfigurationError);
  });
});
