import type { FlowContext } from '../flow-context.ts';
import type { AwardRow } from '../store/rows.ts';
import type { ClaimedAward } from './claim-handler-options.ts';
import type { KnownRecipient } from './known-recipient.ts';

/** What code of the host is asked about. */
export function claimedAward(
  { records }: Pick<FlowContext, 'records'>,
  { dataKey, person: { subject } }: KnownRecipient,
  award: AwardRow,
): ClaimedAward {
  const { key } = records.openAward(dataKey, award);
  return { awardId: award.id, key, ...(subject === undefined ? {} : { subject }) };
}
