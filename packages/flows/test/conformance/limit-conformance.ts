import { describe, expect, test } from 'vitest';
import { newIssuer } from './sample-rows.ts';
import type { OpenStore } from './store-under-test.ts';

const hour = 3_600_000;
const hourStart = Date.UTC(2026, 2, 2, 9);

export function limitConformance(open: OpenStore): void {
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
