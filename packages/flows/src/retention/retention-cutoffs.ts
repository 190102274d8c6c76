import { standingOf } from '../awards/award-facts.ts';
import type { RetentionCutoffs } from '../store/erasures.ts';
import type { AwardRow, RecipientRow } from '../store/rows.ts';
import type { RetentionRules } from './retention-rules.ts';

const dayMs = 24 * 3_600_000;

/** Before every time there is. */
const never = -1;

/** What the rules come to now. */
export function cutoffsOf(
  { deliveryDataDays, unclaimedDays, awardRecordDays }: RetentionRules,
  now: number,
): RetentionCutoffs {
  return {
    ...(deliveryDataDays === undefined ? {} : { ended: now - deliveryDataDays * dayMs }),
    ...(unclaimedDays === undefined ? {} : { unclaimed: now - unclaimedDays * dayMs }),
    ...(awardRecordDays === undefined ? {} : { records: now - awardRecordDays * dayMs }),
  };
}

/** The last time that may have happened something to an award whose recipient is past retention. The store's query says the same. */
export function cutoffOf(
  { facts }: Pick<AwardRow, 'facts'>,
  isRecord: boolean,
  cutoffs: RetentionCutoffs,
): number {
  if (isRecord) return cutoffs.records ?? never;
  const { state } = standingOf(facts);
  if (state === 'submitted') return never;
  return (state === 'ready' ? cutoffs.unclaimed : cutoffs.ended) ?? never;
}

/** Whether a row holds records of awards that nobody belongs to any more. */
export function isRecordOfNobody({ sealedPerson }: RecipientRow): boolean {
  return sealedPerson.length === 0;
}
