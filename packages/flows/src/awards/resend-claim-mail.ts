import { randomUUID } from 'node:crypto';
import type { FlowContext } from '../flow-context.ts';
import { mailIdentity } from '../mail/mail-identity.ts';
import type { StoreReads, StoreTransaction } from '../store/ports.ts';
import type { AwardRow, MailRow, MailState } from '../store/rows.ts';
import { claimability, isHeld } from './award-facts.ts';
import type { LinkRequest } from './claim-link.ts';
import { claimMailJob } from './claim-mail-job.ts';
import { decideAnew } from './decide-anew.ts';

/** A person who asks again and again is nervous; a learner who gets four mails in an hour is worse off. */
const mostAnHour = 3;
const hourMs = 3_600_000;

/**
 * - `queued`: the mail leaves with the next jobs. Asking twice before it left makes one mail.
 * - `closed`: there is nothing to claim: withdrawn, superseded, or SEEK Pass refused it.
 * - `address_muted`: mails to this address came back, or its owner called them spam. Correct the address, or clear it with
 *   `clearBounce` when you know that it works.
 * - `too_often`: three mails were asked for within this hour.
 */
export type ResendOutcome = 'queued' | 'unknown_award' | 'closed' | 'address_muted' | 'too_often';

/**
 * Mails the recipient once more about everything of theirs that can be claimed, at the address on record. The link stays the
 * one they have; to kill it, rotate it first. The award's history says who asked. A mail about this award that was listed
 * for a person, because it was refused, came back or its fate is unknown, is off the list.
 */
export async function resendClaimMail(
  context: FlowContext,
  { awardId, who }: LinkRequest,
): Promise<ResendOutcome> {
  const { issuer, clock, store } = context;
  const looked = await look(context, store.read, await store.read.award(issuer, awardId));
  if ('outcome' in looked) return looked.outcome;
  const at = clock.now();
  const { allowed } = await store.limits.take(`resend:${issuer}:${awardId}`, mostAnHour, hourMs, at);
  if (!allowed) return 'too_often';
  const runId = `resend-${randomUUID()}`;
  return decideAnew(store, async (tx): Promise<ResendOutcome> => {
    const { award, outcome, mails = [] } = await look(context, tx, await tx.lockAward(issuer, awardId));
    if (award === undefined) return outcome;
    for (const mail of mails.filter((one) => replaceable.has(one.state) && one.awardIds.includes(awardId))) {
      await tx.updateMail({ ...mail, state: 'replaced' }, mail.state);
    }
    await tx.insertMails([await intentFor(context, tx, award, runId, at)]);
    await tx.enqueue([claimMailJob(issuer, runId, award.recipientId, at)]);
    await tx.appendHistory([
      { issuer, awardId, at, who, what: 'mail_requested', why: null, payloadHash: null },
    ]);
    return 'queued';
  });
}

const replaceable: ReadonlySet<MailState> = new Set(['unknown', 'refused', 'bounced']);

type Looked =
  | { readonly award: AwardRow; readonly mails: readonly MailRow[]; readonly outcome?: never }
  | { readonly award?: never; readonly mails?: never; readonly outcome: ResendOutcome };

async function look(
  { issuer }: FlowContext,
  reads: StoreReads,
  award: AwardRow | undefined,
): Promise<Looked> {
  if (award === undefined) return { outcome: 'unknown_award' };
  if (claimability(award.facts) === 'no') return { outcome: 'closed' };
  const recipient = await reads.recipient(issuer, award.recipientId);
  if (recipient === undefined || recipient.wrappedKey === null) return { outcome: 'closed' };
  const mutes = await reads.mutesOf(issuer, recipient.emailHash);
  if (mutes.some((mute) => mute.mutes === 'all')) return { outcome: 'address_muted' };
  const mails = await reads.mailsOfRecipient(issuer, award.recipientId, mostMailsLookedAt);
  const onItsWay = mails.some(
    ({ kind, state, awardIds }) => kind === 'resend' && state === 'intended' && awardIds.includes(award.id),
  );
  return onItsWay ? { outcome: 'queued' } : { award, mails };
}

const mostMailsLookedAt = 500;

/** The award that was asked for comes first: its link is the one in the mail. */
async function intentFor(
  context: FlowContext,
  tx: StoreTransaction,
  award: AwardRow,
  runId: string,
  at: number,
): Promise<MailRow> {
  const { issuer } = context;
  const all = await tx.awardsOfRecipient(issuer, award.recipientId);
  const others = all.filter(
    ({ id, facts }) => id !== award.id && claimability(facts) === 'yes' && !isHeld(facts, at),
  );
  return {
    issuer,
    ...mailIdentity(context, 'claim', runId, award.recipientId),
    recipientId: award.recipientId,
    kind: 'resend',
    awardIds: [award, ...others].map(({ id }) => id),
    state: 'intended',
    createdAt: at,
    sentAt: null,
  };
}
