import { qrSvg } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type {
  EntryAwardPlace,
  EntryLink,
  EntryResent,
  EntryWithdrawn,
  WithdrawalReasonName,
} from '../../../contract/entry-awards.ts';
import { serviceOf } from '../plugin-services.ts';
import { issuedAward } from './entry-award-keys.ts';

const changedMeanwhile = 'Somebody else has just changed this award: look at it again.';
const linkClosed = 'The claim link of this award is closed: issue it again to make a new one.';

/** Closes the link of the newest award of an entry. What is in the wallet stays there. */
export async function withdrawAward(
  strapi: Core.Strapi,
  award: EntryAwardPlace,
  reason: WithdrawalReasonName,
  who: string,
): Promise<EntryWithdrawn> {
  const { addFlow } = serviceOf(strapi, 'connection').required();
  const { awardId } = await issuedAward(strapi, award);
  const withdrawal = await addFlow.withdraw({ awardId, reason, who });
  if (withdrawal.outcome === 'superseded' || withdrawal.outcome === 'unknown_award')
    throw new errors.ApplicationError(changedMeanwhile);
  return withdrawal;
}

/** Mails the recipient once more. */
export async function resendMail(
  strapi: Core.Strapi,
  award: EntryAwardPlace,
  who: string,
): Promise<EntryResent> {
  const { addFlow } = serviceOf(strapi, 'connection').required();
  const { awardId } = await issuedAward(strapi, award);
  const outcome = await addFlow.resendMail({ awardId, who });
  if (outcome === 'unknown_award') throw new errors.ApplicationError(changedMeanwhile);
  return { outcome };
}

/** Gives the claim link, and its history says to whom. */
export async function claimLinkOf(
  strapi: Core.Strapi,
  award: EntryAwardPlace,
  who: string,
): Promise<EntryLink> {
  const { addFlow } = serviceOf(strapi, 'connection').required();
  const { awardId } = await issuedAward(strapi, award);
  const link = await addFlow.claimLink({ awardId, who });
  if (link.outcome !== 'link') throw new errors.ApplicationError(linkClosed);
  return { url: link.url, qr: qrSvg(link.url) };
}
