import type { FlowContext } from '../flow-context.ts';
import type { MailRow } from '../store/rows.ts';

const minuteMs = 60_000;
const shortestWaitMs = 5 * minuteMs;
const longestWaitMs = 4 * 60 * minuteMs;
const longestAskedMs = 24 * 60 * minuteMs;
const patienceMs = 4 * 24 * 60 * minuteMs;

/**
 * When to try a mail again that the mail server put off: as long as it has been waiting already, from five minutes to four
 * hours, or as long as the server asks for. `undefined` after four days: a person looks at it.
 */
export function deferredUntil(
  { clock, random }: Pick<FlowContext, 'clock' | 'random'>,
  { createdAt }: Pick<MailRow, 'createdAt'>,
  retryAfterMs = 0,
): number | undefined {
  const now = clock.now();
  const age = now - createdAt;
  if (age > patienceMs) return undefined;
  const own = Math.min(longestWaitMs, Math.max(shortestWaitMs, age)) * (0.75 + random() / 2);
  return now + Math.ceil(Math.max(own, Math.min(retryAfterMs, longestAskedMs)));
}
