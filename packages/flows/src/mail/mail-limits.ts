import { ConfigurationError } from '@seek-pass-kit/core';
import type { FlowContext } from '../flow-context.ts';

/** How many mails may leave, of all processes of an issuer together. What is over waits for the next minute or day (UTC). */
export interface MailLimits {
  readonly perMinute?: number;
  readonly perDay?: number;
}

/** @throws {ConfigurationError} `invalid_configuration` for a limit that is not a whole number from 1. */
export function readMailLimits(limits: MailLimits): MailLimits {
  for (const name of ['perMinute', 'perDay'] as const) {
    const limit = limits[name];
    if (limit === undefined || (Number.isSafeInteger(limit) && limit >= 1)) continue;
    throw new ConfigurationError(
      `mailLimits.${name} must be a whole number from 1: leave it out for no limit.`,
    );
  }
  return limits;
}

type LimitContext = Pick<FlowContext, 'issuer' | 'store' | 'clock' | 'random' | 'mailLimits'>;

const windowsMs = { perMinute: 60_000, perDay: 24 * 3_600_000 };

/** More than any limit: counts without refusing. */
const noLimit = 2 ** 31 - 1;

/**
 * Takes a place for one mail among those that may leave now. When there is none: the time to try again. Those that wait are
 * spread over the windows to come, as many to each as it lets through, so that a long queue does not come back all at once
 * every minute.
 */
export async function takePlace(context: LimitContext): Promise<{ readonly waitUntil: number } | undefined> {
  const { store, issuer, clock, mailLimits = {} } = context;
  const { perDay } = mailLimits;
  if (perDay !== undefined) {
    const used = await store.limits.used(placesKey(issuer, 'perDay'), windowsMs.perDay, clock.now());
    if (used >= perDay) return { waitUntil: await nextPlace(context, 'perDay', perDay) };
  }
  // The minute first: a mail that waits for the next one must not have used up a place of the day.
  for (const name of ['perMinute', 'perDay'] as const) {
    const limit = mailLimits[name];
    if (limit === undefined) continue;
    const { allowed } = await store.limits.take(placesKey(issuer, name), limit, windowsMs[name], clock.now());
    if (!allowed) return { waitUntil: await nextPlace(context, name, limit) };
  }
  return undefined;
}

/** Whether a mail needs a place at all. */
export function hasMailLimits({ mailLimits = {} }: Pick<FlowContext, 'mailLimits'>): boolean {
  return mailLimits.perMinute !== undefined || mailLimits.perDay !== undefined;
}

/** Counts a mail that does not wait: others do, for it. */
export async function countMail({ issuer, store, clock, mailLimits = {} }: LimitContext): Promise<void> {
  const now = clock.now();
  for (const name of ['perDay', 'perMinute'] as const) {
    if (mailLimits[name] === undefined) continue;
    await store.limits.take(placesKey(issuer, name), noLimit, windowsMs[name], now);
  }
}

async function nextPlace(
  { issuer, store, clock, random }: LimitContext,
  name: keyof MailLimits,
  limit: number,
): Promise<number> {
  const now = clock.now();
  const windowMs = windowsMs[name];
  const { used: waiting } = await store.limits.take(
    `mails waiting:${issuer}:${name}`,
    noLimit,
    windowMs,
    now,
  );
  const windowsAhead = Math.ceil(waiting / limit);
  const nextWindow = now - (now % windowMs) + windowsAhead * windowMs;
  // Within a minute evenly, and a day's mails within its first minute: the limit per minute spreads them further.
  return nextWindow + Math.floor(random() * windowsMs.perMinute * 0.9);
}

function placesKey(issuer: string, name: keyof MailLimits): string {
  return `mails:${issuer}:${name}`;
}
