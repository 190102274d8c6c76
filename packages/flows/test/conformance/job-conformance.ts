import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/ports.ts';
import type { JobRow } from '../../src/store/rows.ts';
import { jobRow, newIssuer, start, stopRow } from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

const leaseMs = 30_000;
const day = 24 * 3_600_000;

export function jobConformance(open: OpenStore): void {
  const enqueue = (...jobs: JobRow[]) => open().store.transaction((tx) => tx.enqueue(jobs));
  const claim = (issuer: string, now: number, store: Store = open().store, limit = 100) =>
    store.jobs.claim({ issuers: [issuer], kinds: ['mail', 'poll'], limit, leaseMs, now });

  describe('jobs', () => {
    test('come when due, longest due first, with what they are about', async () => {
      const issuer = newIssuer();
      const late = jobRow(issuer, { runAt: start + 5, refs: { awardId: 'a1', why: 'late' } });
      const early = jobRow(issuer, { runAt: start + 1, kind: 'poll' });
      await enqueue(late, early, jobRow(issuer, { runAt: start + 6 }));
      expect(await claim(issuer, start)).toEqual([]);
      const jobs = await claim(issuer, start + 5);
      expect(jobs.map(({ id, runAt }) => [id, runAt])).toEqual([
        [early.id, early.runAt],
        [late.id, late.runAt],
      ]);
      expect(jobs[1]).toMatchObject({ ...late, attempt: 1, leaseUntil: start + 5 + leaseMs });
    });

    test('come only to who asks for their kind and issuer, and no more than asked for', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const another = newIssuer();
      await enqueue(jobRow(issuer, { kind: 'poll' }), jobRow(issuer), jobRow(issuer), jobRow(another));
      const ask = { leaseMs, now: start, limit: 10 };
      expect(await store.jobs.claim({ ...ask, issuers: [issuer], kinds: ['report'] })).toEqual([]);
      expect(await store.jobs.claim({ ...ask, issuers: [], kinds: ['mail'] })).toEqual([]);
      expect(await store.jobs.claim({ ...ask, issuers: [issuer], kinds: ['mail'], limit: 1 })).toHaveLength(
        1,
      );
      const rest = await store.jobs.claim({ ...ask, issuers: [issuer, another], kinds: ['mail'] });
      expect(rest.map((job) => job.issuer).sort()).toEqual([issuer, another].sort());
    });

    test('are the same job under the same id, also when it is leased or done', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const job = jobRow(issuer);
      await enqueue(job, job);
      await enqueue(job, jobRow(issuer, { id: job.id, runAt: start - 5 }));
      const [leased, ...more] = await claim(issuer, start);
      if (leased === undefined) throw new Error('The job is due.');
      expect(more).toEqual([]);
      expect(leased.runAt).toBe(start);
      await other.transaction((tx) => tx.enqueue([job]));
      expect(await claim(issuer, start)).toEqual([]);
      expect(await store.jobs.settle(leased, { done: true })).toBe(true);
      await enqueue(job);
      expect(await claim(issuer, start + 10 * leaseMs)).toEqual([]);
    });

    test('of two enqueuing the same job at once both succeed and one job comes of it', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const jobs = Array.from({ length: 50 }, () => jobRow(issuer));
      await Promise.all([
        store.transaction((tx) => tx.enqueue(jobs)),
        other.transaction((tx) => tx.enqueue(jobs.toReversed())),
      ]);
      expect(await claim(issuer, start)).toHaveLength(50);
    });

    test('go to one worker each', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await enqueue(...Array.from({ length: 100 }, () => jobRow(issuer)));
      const workers = Array.from({ length: 20 }, (_, at) =>
        claim(issuer, start, at % 2 === 0 ? store : other, 7),
      );
      const ids = (await Promise.all(workers)).flat().map(({ id }) => id);
      const rest = await claim(issuer, start);
      expect(new Set([...ids, ...rest.map(({ id }) => id)]).size).toBe(100);
      expect(ids.length + rest.length).toBe(100);
    });

    test('come again when the lease is over; then the former worker has no say', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      await enqueue(jobRow(issuer));
      const [first] = await claim(issuer, start);
      expect(await claim(issuer, start + leaseMs - 1)).toEqual([]);
      const [second] = await claim(issuer, start + leaseMs, other);
      if (first === undefined || second === undefined) throw new Error('Both workers got the job.');
      expect(second.attempt).toBe(2);
      expect(second.fence).not.toBe(first.fence);
      expect(await store.jobs.extend(first, leaseMs, start + leaseMs)).toBe(false);
      expect(await store.jobs.settle(first, { done: true })).toBe(false);
      expect(await store.jobs.settle(first, { retryAt: start })).toBe(false);
      expect(await store.jobs.settle(first, { dead: 'late' })).toBe(false);
      expect(await store.transaction((tx) => tx.settle(first, { done: true }))).toBe(false);
      expect(await other.jobs.settle(second, { done: true })).toBe(true);
      expect(await other.jobs.settle(second, { done: true })).toBe(false);
      expect(await claim(issuer, start + day)).toEqual([]);
    });

    test('a worker that is late but alone may still settle', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await enqueue(jobRow(issuer));
      const [job] = await claim(issuer, start);
      if (job === undefined) throw new Error('The job is due.');
      expect(await store.jobs.settle(job, { done: true })).toBe(true);
      expect(await claim(issuer, start + 2 * leaseMs)).toEqual([]);
    });

    test('stay with a worker that extends its lease', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await enqueue(jobRow(issuer));
      const [job] = await claim(issuer, start);
      if (job === undefined) throw new Error('The job is due.');
      expect(await store.jobs.extend(job, leaseMs, start + leaseMs - 1)).toBe(true);
      expect(await claim(issuer, start + 2 * leaseMs - 2)).toEqual([]);
      expect(await claim(issuer, start + 2 * leaseMs - 1)).toHaveLength(1);
    });

    test('come again when the worker says so, not earlier', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await enqueue(jobRow(issuer));
      const [job] = await claim(issuer, start);
      if (job === undefined) throw new Error('The job is due.');
      expect(await store.jobs.settle(job, { retryAt: start + day })).toBe(true);
      expect(await store.jobs.settle(job, { done: true })).toBe(false);
      expect(await claim(issuer, start + day - 1)).toEqual([]);
      expect((await claim(issuer, start + day))[0]).toMatchObject({ id: job.id, attempt: 2 });
    });

    test('set aside are listed with the reason, and come no more', async () => {
      const { store, other } = open();
      const issuer = newIssuer();
      const jobs = [jobRow(issuer), jobRow(issuer, { runAt: start + 1 })];
      await enqueue(...jobs);
      for (const now of [start, start + 1]) {
        for (const job of await claim(issuer, now))
          await store.jobs.settle(job, { dead: `tried at ${now - start}` });
      }
      expect(await other.jobs.dead(issuer, 10)).toEqual([
        { ...jobs[0], reason: 'tried at 0' },
        { ...jobs[1], reason: 'tried at 1' },
      ]);
      expect(await other.jobs.dead(issuer, 1)).toHaveLength(1);
      expect(await claim(issuer, start + day)).toEqual([]);
      expect(await store.jobs.dead(newIssuer(), 10)).toEqual([]);
    });

    test('settle together with their change, or not at all', async () => {
      const { store } = open();
      const issuer = newIssuer();
      await enqueue(jobRow(issuer));
      const [job] = await claim(issuer, start);
      if (job === undefined) throw new Error('The job is due.');
      const failing = store.transaction(async (tx) => {
        await tx.setStopped(stopRow(issuer, null));
        expect(await tx.settle(job, { done: true })).toBe(true);
        throw new RangeError('on purpose');
      });
      await expect(failing).rejects.toThrow(RangeError);
      expect(await store.read.isStopped(issuer, null)).toBe(false);
      expect(await store.transaction((tx) => tx.settle(job, { done: true }))).toBe(true);
    });

    test('tell how much waits for a worker, and since when', async () => {
      const { store } = open();
      const [issuer, another] = [newIssuer(), newIssuer()];
      expect(await store.jobs.backlog([issuer], start)).toEqual({ due: 0, oldestDueAt: null, dead: 0 });
      await enqueue(jobRow(issuer), jobRow(another, { runAt: start - 7, kind: 'poll' }));
      await enqueue(jobRow(issuer, { runAt: start + 5 }));
      expect(await store.jobs.backlog([issuer, another], start)).toEqual({
        due: 2,
        oldestDueAt: start - 7,
        dead: 0,
      });
      const [job] = await claim(issuer, start);
      if (job === undefined) throw new Error('The job is due.');
      expect(await store.jobs.backlog([issuer], start)).toEqual({ due: 0, oldestDueAt: null, dead: 0 });
      const overdue = { due: 2, oldestDueAt: start + 5, dead: 0 };
      expect(await store.jobs.backlog([issuer], start + leaseMs)).toEqual(overdue);
      await store.jobs.settle(job, { dead: 'refused' });
      expect(await store.jobs.backlog([issuer], start)).toEqual({ due: 0, oldestDueAt: null, dead: 1 });
    });

    test('tell of which kinds one has been due for too long, whoever has it', async () => {
      const { store, other } = open();
      const [issuer, another] = [newIssuer(), newIssuer()];
      await enqueue(jobRow(issuer), jobRow(issuer), jobRow(issuer, { kind: 'poll', runAt: start + 5 }));
      await enqueue(jobRow(another, { kind: 'report' }));
      expect(await store.jobs.overdueKinds(issuer, start)).toEqual([]);
      expect(await other.jobs.overdueKinds(issuer, start + 1)).toEqual(['mail']);
      expect(await store.jobs.overdueKinds(issuer, start + 6)).toEqual(['mail', 'poll']);
      const [first, second] = await claim(issuer, start);
      if (first === undefined || second === undefined) throw new Error('Both jobs are due.');
      expect(await store.jobs.overdueKinds(issuer, start + leaseMs)).toEqual(['poll']);
      expect(await store.jobs.overdueKinds(issuer, start + leaseMs + 1)).toEqual(['mail', 'poll']);
      await store.jobs.settle(first, { done: true });
      await store.jobs.settle(second, { dead: 'refused' });
      expect(await store.jobs.overdueKinds(issuer, start + leaseMs + 1)).toEqual(['poll']);
    });

    test('that are done are swept after 30 days, others never', async () => {
      const { store } = open();
      const issuer = newIssuer();
      const [done, dead, waiting] = [
        jobRow(issuer),
        jobRow(issuer),
        jobRow(issuer, { runAt: start + 90 * day }),
      ];
      await enqueue(done, dead, waiting);
      for (const job of await claim(issuer, start)) {
        await store.jobs.settle(job, job.id === done.id ? { done: true } : { dead: 'refused' });
      }
      await store.sweep(start + 30 * day);
      await enqueue(done);
      expect(await claim(issuer, start + 30 * day)).toEqual([]);
      await store.sweep(start + 31 * day);
      await enqueue(done);
      expect((await claim(issuer, start + 31 * day)).map(({ id }) => id)).toEqual([done.id]);
      expect(await store.jobs.dead(issuer, 9)).toHaveLength(1);
      expect((await claim(issuer, start + 90 * day)).map(({ id }) => id)).toContain(waiting.id);
    });
  });
}
