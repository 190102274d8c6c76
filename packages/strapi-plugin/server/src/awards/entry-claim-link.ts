import { qrSvg } from '@seek-pass-kit/flows';
import type { Core } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { EntryAwardPlace, EntryLink } from '../../../contract/entry-awards.ts';
import { serviceOf } from '../plugin-services.ts';
import { issuedAward } from './entry-award-keys.ts';

const linkClosed = 'The claim link of this award is closed: issue it again to make a new one.';

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
