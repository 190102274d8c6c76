import type { FlowContext } from '../flow-context.ts';
import { lookupHash } from '../keys/lookup-hash.ts';
import type { AwardRow } from '../store/rows.ts';
import { isMailbox } from './mailbox.ts';
import { emailHash } from './recipient-identity.ts';

/** What awards are found by: the whole e-mail address of their recipient, or their whole business key. */
export type AwardQuestion = { readonly email: string } | { readonly key: string };

/** The most awards that are found. Nobody has as many. */
const mostFound = 1_000;

/**
 * The ids of the awards of an address, or of every version of a business key, oldest first, at most 1,000. By keyed hash (security rule 16): a
 * part of an address or of a key finds nothing, and no name finds anything. What is no mailbox finds nothing, too.
 */
export async function findAwards(context: FlowContext, question: AwardQuestion): Promise<string[]> {
  const found =
    'email' in question ? await ofEmail(context, question.email) : await ofKey(context, question.key);
  return found
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .slice(0, mostFound)
    .map(({ id }) => id);
}

async function ofEmail(context: FlowContext, email: string): Promise<AwardRow[]> {
  if (!isMailbox(email)) return [];
  const { issuer, store } = context;
  const recipients = await store.read.recipientsByEmail(issuer, [emailHash(context, email)]);
  const awards = await Promise.all(recipients.map(({ id }) => store.read.awardsOfRecipient(issuer, id)));
  return awards.flat();
}

function ofKey({ issuer, lookupKey, store }: FlowContext, key: string): Promise<AwardRow[]> {
  return store.read.awardVersions(issuer, lookupHash(lookupKey, issuer, 'business_key', key));
}
