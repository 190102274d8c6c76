import { ManualClock } from '@seek-pass-kit/core/testing';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { FlowNotice } from '../../src/flow-notice.ts';
import {
  type HostListener,
  type HostListeners,
  listenerJobs,
  listenerKindPrefix,
} from '../../src/jobs/host-listeners.ts';
import { endLeftovers } from '../../src/jobs/leftover-jobs.ts';
import { runDue } from '../../src/jobs/runner.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';

interface Happening {
  readonly type: string;
  readonly id: string;
}

const kind = 'happening';
const day = 24 * 3_600_000;
const budget = { budgetMs: 1_000 };

/** A queue of happenings, over which each process has listeners of its own. */
function open() {
  const clock = new ManualClock();
  const store = createMemoryStore();
  const notices: FlowNotice[] = [];
  const onNotice = (notice: FlowNotice) => void notices.push(notice);
  const runner = { store, clock, random: () => 0.5, issuers: ['default'], onNotice };
  const happen = (...happenings: Happening[]) =>
    store.transaction((tx) =>
      tx.enqueue(
        happenings.map(({ type, id }) => ({
          id,
          issuer: 'default',
          kind,
          refs: { type },
          runAt: clock.now(),
        })),
      ),
    );
  const process = (listeners?: HostListeners<Happening>) => {
    const handlers = () =>
      listenerJobs<Happening>({
        ...runner,
        kind,
        listeners,
        eventOf: ({ id, refs }) => ({ type: String(refs['type']), id }),
      });
    return {
      /** Does the jobs and dies before it can say so. */
      die: async () => {
        const claimed = { issuers: ['default'], kinds: Object.keys(handlers()), limit: 8, leaseMs: 60_000 };
        const jobs = await store.jobs.claim({ ...claimed, now: clock.now() });
        const { signal } = new AbortController();
        for (const job of jobs) await handlers()[job.kind]?.(job, { signal });
      },
      run: (signal = new AbortController().signal) =>
        runDue(runner, { ...budget, signal, handlers: handlers() }),
      clear: () => endLeftovers(runner, { prefix: listenerKindPrefix(kind), handlers: handlers() }),
    };
  };
  return { clock, store, notices, happen, process };
}

/** Lets everything be tried until nothing changes any more. */
async function untilQuiet({ clock }: Pick<ReturnType<typeof open>, 'clock'>, run: () => Promise<unknown>) {
  for (let turn = 0; turn < 20; turn += 1) {
    await run();
    clock.advance(5 * 3_600_000);
  }
}

/** Hears, and throws as often as said. */
function hearing(failures = 0, error: unknown = new TypeError('Lan is not a function')) {
  const heard: string[] = [];
  const listener = ({ type }: Happening) => {
    heard.push(type);
    if (heard.length <= failures) throw error;
  };
  return { heard, listener };
}

describe('named listeners', () => {
  test('one that throws once hears the event exactly once more, and its sibling does not', async () => {
    const all = open();
    const [wallet, letters] = [hearing(1), hearing()];
    const { run } = all.process({ wallet: wallet.listener, letters: letters.listener });
    await all.happen({ type: 'added', id: 'one' });
    await untilQuiet(all, run);
    expect([wallet.heard, letters.heard]).toEqual([['added', 'added'], ['added']]);
    expect(all.notices).toMatchObject([
      { event: 'listener_failed', kind: 'happening.wallet', reason: 'TypeError' },
    ]);
  });

  test('whatever fails how often, each hears each event until it succeeds, and no other for it', async () => {
    const failures = fc.record({ wallet: fc.nat(3), letters: fc.nat(3), audit: fc.nat(20) });
    const plan = fc.array(failures, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(plan, async (events) => {
        const all = open();
        const calls: Record<string, number> = {};
        const names = ['wallet', 'letters', 'audit'] as const;
        const listeners = Object.fromEntries(
          names.map((name) => [
            name,
            ({ type }: Happening) => {
              const key = `${type} ${name}`;
              calls[key] = (calls[key] ?? 0) + 1;
              if (calls[key] <= Number(events[Number(type)]?.[name])) throw new RangeError('not yet');
            },
          ]),
        );
        const { run } = all.process(listeners);
        await all.happen(...events.map((_, at) => ({ type: String(at), id: `event-${at}` })));
        await untilQuiet(all, run);
        const wanted = events.flatMap((event, at) =>
          names.map((name) => [`${at} ${name}`, Math.min(event[name] + 1, 16)]),
        );
        expect(calls).toEqual(Object.fromEntries(wanted));
        const given = events.filter(({ audit }) => audit >= 16).length;
        expect(all.notices.filter(({ event }) => event === 'job_dead')).toHaveLength(given);
      }),
      { numRuns: 30 },
    );
  });

  test('what one gives up is told of under its name, by the name of the error alone', async () => {
    const all = open();
    const { run } = all.process({ wallet: hearing(99).listener });
    await all.happen({ type: 'added', id: 'one' });
    await untilQuiet(all, run);
    expect(all.notices.filter(({ event }) => event === 'listener_failed')).toHaveLength(15);
    expect(JSON.stringify(all.notices)).not.toContain('Lan');
    expect(all.notices.slice(15)).toMatchObject([
      { event: 'job_dead', kind: 'happening.wallet', reason: 'gave up after 16 tries: TypeError' },
    ]);
  });

  test('hear only the types that they asked for', async () => {
    const all = open();
    const [some, every] = [hearing(), hearing()];
    const listeners = { some: { types: ['added', 'closed'], handle: some.listener }, every: every.listener };
    const { run } = all.process(listeners);
    await all.happen(...['added', 'declined', 'closed'].map((type) => ({ type, id: type })));
    await untilQuiet(all, run);
    expect(some.heard.sort()).toEqual(['added', 'closed']);
    expect(every.heard.sort()).toEqual(['added', 'closed', 'declined']);
  });

  test('a process that dies after it handed an event out makes none hear it again', async () => {
    const all = open();
    const [wallet, letters] = [hearing(), hearing()];
    const { die, run } = all.process({ wallet: wallet.listener, letters: letters.listener });
    await all.happen({ type: 'added', id: 'one' });
    await die();
    await run();
    expect([wallet.heard, letters.heard]).toEqual([['added'], ['added']]);
    all.clock.advance(day);
    // The event itself once more, and nothing of it.
    expect(await run()).toMatchObject({ done: 1 });
    expect([wallet.heard, letters.heard]).toEqual([['added'], ['added']]);
  });

  test('one that hangs keeps its event for itself for five minutes, and hears it again; its sibling heard it', async () => {
    const all = open();
    const letters = hearing();
    let calls = 0;
    const stuck = () => {
      calls += 1;
      return calls === 1 ? new Promise<never>(() => undefined) : undefined;
    };
    const { run } = all.process({ stuck, letters: letters.listener });
    await all.happen({ type: 'added', id: 'one' });
    const running = run();
    await vi.waitFor(() => expect([calls, letters.heard]).toEqual([1, ['added']]));
    // Past the first lease, by its half each time: nobody else may have the event meanwhile.
    for (let half = 1; half < 10; half += 1) {
      all.clock.advance(30_000);
      await new Promise((resolve) => setImmediate(resolve));
      await run();
      expect(calls).toBe(1);
    }
    all.clock.advance(30_000);
    await running;
    await untilQuiet(all, run);
    expect([calls, letters.heard]).toEqual([2, ['added']]);
    expect(all.notices).toMatchObject([{ event: 'listener_failed', reason: 'HandlerTimeout' }]);
  });

  test('are told to stop when the run ends', async () => {
    const all = open();
    const ending = new AbortController();
    const stopped: boolean[] = [];
    const { run } = all.process({
      wallet: (_event, { signal }) => {
        ending.abort();
        stopped.push(signal.aborted);
      },
    });
    await all.happen({ type: 'added', id: 'one' });
    await run(ending.signal);
    expect(stopped).toEqual([true]);
  });

  test('may be added while the process runs: a new one hears what happens from then on', async () => {
    const all = open();
    const [wallet, letters] = [hearing(), hearing()];
    const listeners: Record<string, HostListener<Happening>> = {};
    const { run } = all.process(listeners);
    listeners['wallet'] = wallet.listener;
    await all.happen({ type: 'added', id: 'one' });
    await run();
    listeners['letters'] = letters.listener;
    await all.happen({ type: 'closed', id: 'two' });
    await run();
    expect([wallet.heard, letters.heard]).toEqual([['added', 'closed'], ['closed']]);
  });

  test('a process that lacks one leaves its events to those that have it', async () => {
    const all = open();
    const [wallet, letters] = [hearing(1), hearing()];
    const old = all.process({ wallet: wallet.listener });
    await all.happen({ type: 'added', id: 'one' });
    await old.run();
    const next = all.process({ letters: letters.listener });
    all.clock.advance(day);
    expect(await next.run()).toMatchObject({ done: 0 });
    await old.run();
    expect([wallet.heard, letters.heard]).toEqual([['added', 'added'], []]);
  });

  test('what waits for one that no process has had for a week is dropped, and told of once', async () => {
    const all = open();
    const wallet = hearing(99);
    await all.happen({ type: 'added', id: 'one' }, { type: 'added', id: 'two' });
    await all.process({ wallet: wallet.listener }).run();
    const next = all.process({ letters: hearing().listener });
    all.clock.advance(7 * day);
    await next.clear();
    expect(await all.store.jobs.backlog(['default'], all.clock.now())).toMatchObject({ due: 2 });
    all.clock.advance(day);
    await next.clear();
    await next.clear();
    expect(all.notices.slice(2)).toEqual([{ event: 'listener_gone', kind: 'happening.wallet', jobs: 2 }]);
    expect(await all.store.jobs.backlog(['default'], all.clock.now())).toMatchObject({ due: 0, dead: 0 });
  });

  test('what a listener of this process is behind with is never dropped', async () => {
    const all = open();
    const wallet = hearing(1);
    const { run, clear } = all.process({ wallet: wallet.listener });
    await all.happen({ type: 'added', id: 'one' });
    await run();
    all.clock.advance(30 * day);
    await clear();
    await run();
    expect(wallet.heard).toEqual(['added', 'added']);
    expect(all.notices.map(({ event }) => event)).toEqual(['listener_failed']);
  });
});

describe('one listener', () => {
  test('hears every event, and again when it threw', async () => {
    const all = open();
    const host = hearing(1);
    await all.happen({ type: 'added', id: 'one' });
    await untilQuiet(all, all.process(host.listener).run);
    expect(host.heard).toEqual(['added', 'added']);
  });

  test('nobody listens: events pass, and pile up nowhere', async () => {
    const all = open();
    await all.happen({ type: 'added', id: 'one' });
    expect(await all.process().run()).toMatchObject({ done: 1 });
  });
});
