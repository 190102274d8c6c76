import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { AwardResent, AwardWithdrawn, WithdrawalReasonName } from '../../../contract/award-actions.ts';
import { serviceOf } from '../plugin-services.ts';

const superseded = 'A newer version took its place: withdraw that one.';

/**
 * Closes the link of an award. What is in the wallet stays there.
 * @throws {NotFoundError} when there is no such award.
 * @throws {ApplicationError} when a newer version took its place.
 */
export async function withdrawAward(
  strapi: Core.Strapi,
  awardId: string,
  reason: WithdrawalReasonName,
  who: string,
): Promise<AwardWithdrawn> {
  const { addFlow } = serviceOf(strapi, 'connection').required();
  const withdrawal = await addFlow.withdraw({ awardId, reason, who });
  if (withdrawal.outcome === 'unknown_award') throw new errors.NotFoundError();
  if (withdrawal.outcome === 'superseded') throw new errors.ApplicationError(superseded);
  return withdrawal;
}

/**
 * Mails the recipient once more, at once.
 * @throws {NotFoundError} when there is no such award.
 */
export async function resendMail(strapi: Core.Strapi, awardId: string, who: string): Promise<AwardResent> {
  const connection = serviceOf(strapi, 'connection');
  const outcome = await connection.required().addFlow.resendMail({ awardId, who });
  if (outcome === 'unknown_award') throw new errors.NotFoundError();
  if (outcome === 'queued') connection.kick();
  return { outcome };
}
