import { startOfWindow } from '../limit-window.ts';
import type { Limits, Turn } from '../limits.ts';

/** Counters in memory, and a way to drop those whose window has passed. */
export function memoryLimits(): Limits & { readonly sweep: (now: number) => void } {
  /** When the next turn begins, by `performance.now()`. */
  const turns = new Map<string, number>();
  const windows = new Map<string, { start: number; windowMs: number; used: number }>();
  const current = (key: string, windowMs: number, now: number) => {
    const name = `${windowMs}\0${key}`;
    const start = startOfWindow(windowMs, now);
    const stored = windows.get(name);
    // A process whose clock is behind counts in the newer window: its lag must not open a fresh one.
    const window = stored !== undefined && stored.start >= start ? stored : { start, windowMs, used: 0 };
    return { name, window };
  };
  return {
    async take(key, limit, windowMs, now) {
      const { name, window } = current(key, windowMs, now);
      if (window.used >= limit) return { allowed: false, used: window.used };
      window.used += 1;
      windows.set(name, window);
      return { allowed: true, used: window.used };
    },
    async used(key, windowMs, now) {
      return current(key, windowMs, now).window.used;
    },
    async turn(key, { everyMs, slackMs }, patienceMs): Promise<Turn> {
      const now = performance.now();
      const at = Math.max(turns.get(key) ?? now, now - slackMs);
      if (at > now + patienceMs) return { taken: false, waitMs: at - now - patienceMs };
      turns.set(key, at + everyMs);
      return { taken: true, waitMs: Math.max(0, at - now) };
    },
    async pauseTurns(key, ms) {
      turns.set(key, Math.max(turns.get(key) ?? 0, performance.now() + ms));
    },
    sweep(now) {
      for (const [name, { start, windowMs }] of windows) if (start + windowMs <= now) windows.delete(name);
    },
  };
}
