import type { FlowContext } from '../flow-context.ts';
import type { HistoryRow, MailRow } from '../store/rows.ts';

/** One line in the history of each award that a mail names. */
export function mailHistory(
  { issuer, clock }: Pick<FlowContext, 'issuer' | 'clock'>,
  { awardIds }: Pick<MailRow, 'awardIds'>,
  what: string,
  why: string,
  who = 'system',
): HistoryRow[] {
  const at = clock.now();
  return awardIds.map((awardId) => ({ issuer, awardId, at, who, what, why, payloadHash: null }));
}
