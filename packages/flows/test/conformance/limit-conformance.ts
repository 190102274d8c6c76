import { describe, expect, test } from 'vitest';
import { newIssuer } from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

const hour = 3_600_000;
const hourStart = Date.UTC(2026, 2, 2, 9);

export function limitConformance(open: OpenStore): void {
  describe('shared rates', () => {
    const rate = { everyMs: 60_000, slackMs: 0 };

    test('give turns in order, one after another, over all processes', async () => {
      const { store, other } = open();
      const key = newIssuer();
      expect(await store.limits.turn(key, rate, 0)).toEqual({ taken: true, waitMs: 0 });
      for (const [at, limits] of [other.limits, store.limits, other.limits].entries()) {
        const { taken, waitMs } = await limits.turn(key, rate, 600_000);
        expect(taken).toBe(true);
        expect(waitMs).toBeGreaterThan((at + 1) * 60_000 - 10_000);
        expect(waitMs).toBeLessThanOrEqual((at + 1) * 60_000);
      }
      expect(await store.limits.turn(newIssuer(), rate, 0)).toEqual({ taken: true, waitMs: 0 });
    });

    test('reserve nothing for who has no patience, and say when to ask again', async () => {
      const { store, other } = open();
      const key = newIssuer();
      await store.limits.turn(key, rate, 0);
      for (const limits of [store.limits, other.limits]) {
        const { taken, waitMs } = await limits.turn(key, rate, 20_000);
        expect(taken).toBe(false);
        expect(waitMs).toBeGreaterThan(30_000);
        expect(waitMs).toBeLessThanOrEqual(40_000);
      }
      expect((await store.limits.turn(key, rate, 60_000)).waitMs).toBeLessThanOrEqual(60_000);
    });

    test('of 100 askers in parallel over two processes each has a turn of its own', async () => {
      const { store, other } = open();
      const key = newIssuer();
      await store.limits.turn(key, rate, 0);
      const turns = await Promise.all(
        Array.from({ length: 100 }, (_, at) =>
          (at % 2 === 0 ? store : other).limits.turn(key, rate, 9_000_000),
        ),
      );
      expect(turns.every(({ taken }) => taken)).toBe(true);
      const minutes = turns.map(({ waitMs }) => Math.ceil(waitMs / 60_000)).sort((a, b) => a - b);
      expect(minutes).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
    });

    test('make up for what was missed, as far as allowed', async () => {
      const { store } = open();
      const key = newIssuer();
      const quick = { everyMs: 50, slackMs: 250 };
      await store.limits.turn(key, quick, 0);
      await new Promise((resolve) => setTimeout(resolve, 400));
      // A turn at once and five that were missed; eight were. More come only as time goes on, even where 60 questions take a second.
      const turns = await Promise.all(Array.from({ length: 60 }, () => store.limits.turn(key, quick, 0)));
      expect(turns.filter(({ taken }) => taken).length).toBeGreaterThanOrEqual(6);
      expect(turns.filter(({ taken }) => taken).length).toBeLessThan(60);
    });

    test('stand still while they are paused, for all processes; no pause shortens another', async () => {
      const { store, other } = open();
      const key = newIssuer();
      await store.limits.pauseTurns(key, 300_000);
      await other.limits.pauseTurns(key, 100_000);
      const { taken, waitMs } = await other.limits.turn(key, rate, 60_000);
      expect(taken).toBe(false);
      expect(waitMs).toBeGreaterThan(200_000);
      expect(waitMs).toBeLessThanOrEqual(240_000);
      const later = await store.limits.turn(key, rate, 400_000);
      expect(later.taken).toBe(true);
      expect(later.waitMs).toBeGreaterThan(250_000);
    });

    test('are not forgotten by sweeping while somebody may wait for them', async () => {
      const { store } = open();
      const key = newIssuer();
      await store.limits.turn(key, rate, 0);
      await store.sweep(Date.now());
      expect((await store.limits.turn(key, rate, 0)).taken).toBe(false);
    });
  });

  describe('limits', () => {
    test('allow up to the limit in a window, and again in the next one', async () => {
      const { store, other } = open();
      const key = `${newIssuer()} mails`;
      expect(await store.limits.used(key, hour, hourStart)).toBe(0);
      expect(await store.limits.take(key, 2, hour, hourStart)).toEqual({ allowed: true, used: 1 });
      expect(await other.limits.take(key, 2, hour, hourStart + 1)).toEqual({ allowed: true, used: 2 });
      expect(await store.limits.take(key, 2, hour, hourStart + hour - 1)).toEqual({
        allowed: false,
        used: 2,
      });
      expect(await other.limits.used(key, hour, hourStart + hour - 1)).toBe(2);
      expect(await store.limits.used(key, hour, hourStart + hour)).toBe(0);
      expect(await store.limits.take(key, 2, hour, hourStart + hour)).toEqual({ allowed: true, used: 1 });
    });

    test('a limit of 0 allows nothing', async () => {
      const { store } = open();
      expect(await store.limits.take(newIssuer(), 0, hour, hourStart)).toEqual({ allowed: false, used: 0 });
    });

    test('a process whose clock is behind opens no new window', async () => {
      const { store } = open();
      const key = newIssuer();
      await store.limits.take(key, 2, hour, hourStart + hour);
      expect(await store.limits.take(key, 2, hour, hourStart)).toEqual({ allowed: true, used: 2 });
      expect(await store.limits.take(key, 2, hour, hourStart + hour)).toEqual({ allowed: false, used: 2 });
    });

    test('windows of different lengths count apart; one without end never begins anew', async () => {
      const { store } = open();
      const key = newIssuer();
      await store.limits.take(key, 9, hour, hourStart);
      await store.limits.take(key, 9, Number.POSITIVE_INFINITY, hourStart);
      const later = hourStart + 50 * 365 * 24 * hour;
      expect(await store.limits.take(key, 9, Number.POSITIVE_INFINITY, later)).toEqual({
        allowed: true,
        used: 2,
      });
      expect(await store.limits.used(key, hour, hourStart)).toBe(1);
    });

    test('of 200 takers in parallel over two processes as many as allowed pass', async () => {
      const { store, other } = open();
      const key = newIssuer();
      const takers = Array.from({ length: 200 }, (_, at) =>
        (at % 2 === 0 ? store : other).limits.take(key, 15, hour, hourStart),
      );
      const allowed = (await Promise.all(takers)).filter((taken) => taken.allowed);
      expect(allowed.map(({ used }) => used).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 15 }, (_, at) => at + 1),
      );
    });

    test('sweeping removes passed windows only', async () => {
      const { store } = open();
      const key = newIssuer();
      await store.limits.take(key, 5, hour, hourStart);
      await store.limits.take(key, 5, Number.POSITIVE_INFINITY, hourStart);
      await store.sweep(hourStart + hour - 1);
      expect(await store.limits.used(key, hour, hourStart)).toBe(1);
      await store.sweep(hourStart + hour);
      expect(await store.limits.used(key, hour, hourStart)).toBe(0);
      expect(await store.limits.used(key, Number.POSITIVE_INFINITY, hourStart)).toBe(1);
    });
  });
}
