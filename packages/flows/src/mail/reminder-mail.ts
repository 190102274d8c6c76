import { claimability, isHeld, openSubmission, standingOf } from '../awards/award-facts.ts';
import type { FlowContext } from '../flow-context.ts';
import type { JobHandler } from '../jobs/runner.ts';
import type { StoreReads } from '../store/ports.ts';
import type { AwardRow, MailRow } from '../store/rows.ts';
import { urlOfFirst } from './claim-mail.ts';
import { localeOf } from './compose-message.ts';
import { deliver } from './delivery.ts';
import type { Choice, Delivery, NamedAward, Written } from './delivery-plan.ts';
import type { Recipient } from '../awards/recipient.ts';
import { reminderLetter, unfinishedLetter } from './letters.ts';
import { mailIdentity } from './mail-identity.ts';
import { optOutHeaders, optOutUrl } from './opt-out-link.ts';
import { canStillFinish, outside, shortestPauseMs } from './reminder-plan.ts';

/** Does jobs of `scheduleReminders`: reminds those who have not claimed, with the link that they have. */
export function reminderMailHandler(context: FlowContext): JobHandler {
  return (job, control) => {
    const { mailId = '', recipientId = '', step = '' } = job.refs;
    const delivery: Delivery = {
      ...mailIdentity(context, 'reminder', mailId, step),
      kind: 'reminder',
      recipientId,
      choose: (reads) => chooseUnclaimed(context, reads, recipientId, mailId),
      write: (person, awards) => write(context, recipientId, person, awards, reminderLetter),
    };
    return deliver(context, delivery, control);
  };
}

/** Does jobs of `scheduleUnfinishedMail`: asks to finish a submission before SEEK Pass deletes it. */
export function unfinishedMailHandler(context: FlowContext): JobHandler {
  return (job, control) => {
    const { awardId = '', recipientId = '', attempt = '' } = job.refs;
    const delivery: Delivery = {
      ...mailIdentity(context, 'unfinished', awardId, attempt),
      kind: 'unfinished',
      recipientId,
      choose: (reads) => chooseUnfinished(context, reads, awardId, Number(attempt)),
      write: (person, awards) => write(context, recipientId, person, awards, unfinishedLetter),
    };
    return deliver(context, delivery, control);
  };
}

function write(
  context: FlowContext,
  recipientId: string,
  person: Recipient,
  awards: readonly NamedAward[],
  letter: typeof reminderLetter,
): Written {
  const basis = { brand: context.brand, locale: localeOf(context, person), person };
  const url = optOutUrl(context, recipientId);
  const titles = awards.map(({ title }) => title);
  return {
    letter: letter(basis, { titles, url: urlOfFirst(context, awards), optOutUrl: url }),
    headers: optOutHeaders(url),
  };
}

/** Those that the mail named and nobody has claimed, and what else waits for the same person. */
async function chooseUnclaimed(
  context: FlowContext,
  reads: StoreReads,
  recipientId: string,
  mailId: string,
): Promise<Choice> {
  const { issuer, clock, reminders } = context;
  const now = clock.now();
  const mail = await reads.mail(issuer, mailId);
  if (reminders === undefined || mail === undefined) return [];
  if (await hasOptedOut(context, reads, recipientId)) return [];
  const waiting: AwardRow[] = [];
  for (const award of await reads.awardsOfRecipient(issuer, recipientId)) {
    const ready = standingOf(award.facts).state === 'ready' && !isHeld(award.facts, now);
    if (ready && !(await reads.isStopped(issuer, award.credentialType))) waiting.push(award);
  }
  const reminded = waiting.filter(({ id }) => mail.awardIds.includes(id));
  if (reminded.length === 0) return [];
  if (await wasMailedLately(context, reads, mail)) return [];
  const time = outside(reminders, now);
  if (time > now) return { notBefore: time };
  return [...reminded, ...waiting.filter((award) => !reminded.includes(award))];
}

async function chooseUnfinished(
  context: FlowContext,
  reads: StoreReads,
  awardId: string,
  attempt: number,
): Promise<Choice> {
  const { issuer, clock, seekPass, reminders } = context;
  const now = clock.now();
  const award = await reads.award(issuer, awardId);
  if (reminders === undefined || award === undefined || claimability(award.facts) !== 'yes') return [];
  if (openSubmission(award.facts)?.attempt !== attempt) return [];
  if (await hasOptedOut(context, reads, award.recipientId)) return [];
  if (await reads.isStopped(issuer, award.credentialType)) return [];
  const submission = (await reads.submissions(issuer, awardId)).find((row) => row.attempt === attempt);
  const time = outside(reminders, now);
  if (submission === undefined || !canStillFinish(submission.submittedAt, seekPass.now() + time - now))
    return [];
  return time > now ? { notBefore: time } : [award];
}

async function hasOptedOut(
  { issuer }: FlowContext,
  reads: StoreReads,
  recipientId: string,
): Promise<boolean> {
  const recipient = await reads.recipient(issuer, recipientId);
  if (recipient === undefined) return true;
  // Also when the address is muted for all mails: a reminder is nothing to tell a person about.
  return (await reads.mutesOf(issuer, recipient.emailHash)).length > 0;
}

/** Something else than this claim mail and its reminders, which keep to their own plan. */
async function wasMailedLately(
  context: FlowContext,
  reads: StoreReads,
  { id: mailId, recipientId }: MailRow,
): Promise<boolean> {
  const { issuer, clock, reminders } = context;
  const steps = reminders?.afterDays.map(
    (_, at) => mailIdentity(context, 'reminder', mailId, String(at + 1)).id,
  );
  const own = new Set([mailId, ...(steps ?? [])]);
  const since = clock.now() - shortestPauseMs;
  const mails = await reads.mailsOfRecipient(issuer, recipientId, mostMailsLookedAt);
  return mails.some(
    ({ id, kind, sentAt }) => kind !== 'code' && sentAt !== null && sentAt > since && !own.has(id),
  );
}

const mostMailsLookedAt = 50;
