import { createHash } from 'node:crypto';
import type { Limits, Turn } from '@seek-pass-kit/flows';
import { lengthOfWindow, startOfWindow } from '@seek-pass-kit/flows/store';
import { match, type Sql } from './sql.ts';
import { table } from './table.ts';

interface WindowRow {
  readonly name: string;
  readonly windowMs: number;
  readonly windowStart: number;
  readonly used: number;
}

const windows = table<WindowRow>('limits', {
  name: 'key',
  windowMs: 'time',
  windowStart: 'time',
  used: 'integer',
});

interface TurnRow {
  readonly name: string;
  /** When the next turn begins, by the clock of the database. */
  readonly nextAt: number;
}

const turns = table<TurnRow>('turns', { name: 'key', nextAt: 'real' });

/** A rate that nobody asked for a turn of for so long is forgotten: the next turn is at once, with or without it. */
const idleTurnsMs = 24 * 3_600_000;

/** The most characters of a name that a key column holds on every database. */
const longestName = 200;

/** Counters in the database: each row is locked while it is counted, so no two processes take the same place. */
export function storedLimits(read: Sql, change: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>): Limits {
  return {
    take: (key, limit, windowMs, now) =>
      change(async (sql) => {
        if (limit <= 0) return { allowed: false, used: 0 };
        const start = startOfWindow(windowMs, now);
        const stored = await lockWindow(sql, {
          name: nameOf(key),
          windowMs: lengthOfWindow(windowMs),
          windowStart: start,
          used: 0,
        });
        // A process whose clock is behind counts in the newer window: its lag must not open a fresh one.
        const window = stored.windowStart >= start ? stored : { ...stored, windowStart: start, used: 0 };
        if (window.used >= limit) return { allowed: false, used: window.used };
        const used = window.used + 1;
        await sql.update(windows, { windowStart: window.windowStart, used }, isWindow(window));
        return { allowed: true, used };
      }),
    async used(key, windowMs, now) {
      const window = { name: nameOf(key), windowMs: lengthOfWindow(windowMs) };
      const row = await read.first(windows, (query) =>
        match(windows, window)(query).where('window_start', '>=', startOfWindow(windowMs, now)),
      );
      return row?.used ?? 0;
    },
    turn: (key, { everyMs, slackMs }, patienceMs) =>
      change(async (sql): Promise<Turn> => {
        const name = nameOf(key);
        const { now, nextAt } = await lockTurn(sql, name);
        const at = Math.max(nextAt, now - slackMs);
        if (at > now + patienceMs) return { taken: false, waitMs: at - now - patienceMs };
        await sql.update(turns, { nextAt: at + everyMs }, match(turns, { name }));
        return { taken: true, waitMs: Math.max(0, at - now) };
      }),
    pauseTurns: (key, ms) =>
      change(async (sql) => {
        const name = nameOf(key);
        const { now, nextAt } = await lockTurn(sql, name);
        await sql.update(turns, { nextAt: Math.max(nextAt, now + ms) }, match(turns, { name }));
      }),
  };
}

/** Removes passed windows and rates that nobody uses. */
export async function sweepLimits(sql: Sql, now: number): Promise<void> {
  await sql.remove(windows, (query) => query.whereRaw('window_start + window_ms <= ?', [now]));
  await sql.remove(turns, (query) => query.where('next_at', '<=', now - idleTurnsMs));
}

function isWindow({ name, windowMs }: WindowRow) {
  return match(windows, { name, windowMs });
}

async function lockWindow(sql: Sql, fresh: WindowRow): Promise<WindowRow> {
  const lock = () => sql.first(windows, (query) => isWindow(fresh)(query).forUpdate());
  const stored = await lock();
  if (stored !== undefined) return stored;
  await sql.insertMissing(windows, [fresh], ['name', 'windowMs']);
  return (await lock()) ?? fresh;
}

/** Locks a rate; one that is new begins now. The time is that of the database once the row is locked: the processes' clocks may disagree. */
async function lockTurn(sql: Sql, name: string): Promise<{ readonly now: number; readonly nextAt: number }> {
  const lock = () => sql.first(turns, (query) => match(turns, { name })(query).forUpdate());
  const stored = await lock();
  if (stored === undefined) await sql.insertMissing(turns, [{ name, nextAt: 0 }], ['name']);
  const locked = stored ?? (await lock());
  const now = await databaseNow(sql);
  return { now, nextAt: locked === undefined || locked.nextAt === 0 ? now : locked.nextAt };
}

async function databaseNow(sql: Sql): Promise<number> {
  const [row] = await sql.ask<{ readonly now: unknown }>((knex) =>
    knex.select(knex.raw(`${sql.dialect.nowMs} as now`)),
  );
  return Number(row?.now);
}

function nameOf(key: string): string {
  return Buffer.byteLength(key) <= longestName ? key : createHash('sha256').update(key).digest('hex');
}
