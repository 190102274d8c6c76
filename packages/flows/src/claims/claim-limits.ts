import type { FlowContext } from '../flow-context.ts';
import { startOfWindow } from '../store/limit-window.ts';
import type { AwardRow, RecipientRow } from '../store/rows.ts';
import { sentGeneration } from './link-pass.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How often what may happen (security rules 7 and 10). All counters are in the store, shared by all processes. */
export const claimLimits = {
  triesPerCode: 5,
  failuresPerAwardADay: 15,
  failuresPerAwardEver: 50,
  codeMailsPerAddressAnHour: 5,
  codeMailsPerIssuerAnHour: 60_000,
  codeMailsPerNetworkAMinute: 600,
} as const;

/** Whether it may go on, and if not, when. `Infinity`: not with this link. */
export type LimitVerdict = { readonly allowed: true } | { readonly allowed: false; readonly waitMs: number };

/**
 * How many wrong answers an award may still take. Counted for its link: whoever has a link can use its tries up, and then the institution
 * makes a new one (`rotateLink`), which only the recipient gets.
 */
export async function failuresLeft(
  context: FlowContext,
  award: AwardRow,
): Promise<{ readonly left: number; readonly waitMs: number }> {
  const { store, clock } = context;
  const key = failureKey(context, award);
  const now = clock.now();
  const [today, ever] = await Promise.all([
    store.limits.used(key, day, now),
    store.limits.used(key, Number.POSITIVE_INFINITY, now),
  ]);
  const { failuresPerAwardADay, failuresPerAwardEver } = claimLimits;
  if (ever >= failuresPerAwardEver) return { left: 0, waitMs: Number.POSITIVE_INFINITY };
  const left = Math.min(failuresPerAwardADay - today, failuresPerAwardEver - ever);
  return { left: Math.max(0, left), waitMs: untilNext(day, now) };
}

/** Counts one wrong answer. */
export async function countFailure(context: FlowContext, award: AwardRow): Promise<void> {
  const { store, clock } = context;
  const key = failureKey(context, award);
  const { failuresPerAwardADay, failuresPerAwardEver } = claimLimits;
  await Promise.all([
    store.limits.take(key, failuresPerAwardADay, day, clock.now()),
    store.limits.take(key, failuresPerAwardEver, Number.POSITIVE_INFINITY, clock.now()),
  ]);
}

/** Takes a place among the tries at the facts of one session. */
export async function takeFactsTry(context: FlowContext, session: Uint8Array): Promise<boolean> {
  const { issuer, store, clock } = context;
  const key = `claim-facts:${issuer}:${hex(session)}`;
  return (await store.limits.take(key, claimLimits.triesPerCode, day, clock.now())).allowed;
}

/**
 * Takes a place among the mailed codes. The network comes before the address, so that waiting for others behind the same router costs
 * no place of one's own; and who is over the limit of an address takes no place from those others.
 */
export async function takeCodeMail(
  { issuer, store, clock }: FlowContext,
  recipient: RecipientRow,
  network: string | undefined,
): Promise<LimitVerdict> {
  const { limits } = store;
  const now = clock.now();
  const { codeMailsPerAddressAnHour, codeMailsPerIssuerAnHour, codeMailsPerNetworkAMinute } = claimLimits;
  const address = `code-mail:${issuer}:address:${hex(recipient.emailHash)}`;
  const tooMany = (windowMs: number): LimitVerdict => ({ allowed: false, waitMs: untilNext(windowMs, now) });
  if ((await limits.used(address, hour, now)) >= codeMailsPerAddressAnHour) return tooMany(hour);
  if (network !== undefined) {
    const key = `code-mail:${issuer}:network:${network}`;
    if (!(await limits.take(key, codeMailsPerNetworkAMinute, minute, now)).allowed) return tooMany(minute);
  }
  const whole = `code-mail:${issuer}`;
  if (!(await limits.take(whole, codeMailsPerIssuerAnHour, hour, now)).allowed) return tooMany(hour);
  if (!(await limits.take(address, codeMailsPerAddressAnHour, hour, now)).allowed) return tooMany(hour);
  return { allowed: true };
}

function failureKey({ issuer }: FlowContext, award: AwardRow): string {
  return `claim-failure:${issuer}:${award.id}:${sentGeneration(award)}`;
}

function untilNext(windowMs: number, now: number): number {
  return startOfWindow(windowMs, now) + windowMs - now;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
