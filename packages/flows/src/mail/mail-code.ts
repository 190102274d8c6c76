import { randomUUID } from 'node:crypto';
import type { Recipient } from '../awards/recipient.ts';
import type { FlowContext } from '../flow-context.ts';
import type { MailRow, MailState } from '../store/rows.ts';
import { automatic, localeOf } from './compose-message.ts';
import { handOver } from './hand-over.ts';
import { setLetter } from './letter/set-letter.ts';
import { inOneLine } from './letter/words.ts';
import { codeLetter } from './letters.ts';
import { mailHistory } from './mail-history.ts';
import { mailIdentity } from './mail-identity.ts';
import { countMail } from './mail-limits.ts';

/** A code to be mailed, and to whom. The code stands in the mail and nowhere else. */
export interface CodeMail {
  readonly person: Recipient;
  readonly recipientId: string;
  readonly awardId: string;
  readonly code: string;
  /** For how long it counts. */
  readonly minutes: number;
}

/**
 * - `sent`: the mail server has it, or nobody knows: the learner waits for it and may ask for another.
 * - `try_later`: the mail server asked to wait.
 * - `refused`: this address takes no mail from us; the institution must correct it.
 */
export type CodeMailOutcome = 'sent' | 'try_later' | 'refused';

/**
 * Mails a code to a learner who waits for it. Limit first how often (security rule 7): every call sends a mail. It waits for
 * no limit of other mails; those wait for it.
 */
export async function mailCode(context: FlowContext, mail: CodeMail): Promise<CodeMailOutcome> {
  const { issuer, store, clock, brand } = context;
  const { person, recipientId, awardId, code, minutes } = mail;
  const identity = mailIdentity(context, 'code', recipientId, randomUUID());
  const row: MailRow = {
    issuer,
    ...identity,
    recipientId,
    kind: 'code',
    awardIds: [awardId],
    state: 'sending',
    createdAt: clock.now(),
    sentAt: null,
  };
  const stored = await store.transaction(async (tx) => {
    const recipient = await tx.keepRecipient(issuer, recipientId);
    const mutes = recipient === undefined ? [] : await tx.mutesOf(issuer, recipient.emailHash);
    // Who called our mails spam and asks for a code now wants this one.
    if (recipient === undefined || mutes.some(({ reason }) => reason === 'hard_bounce')) return false;
    await tx.insertMails([row]);
    return true;
  });
  if (!stored) return 'refused';
  await countMail(context);
  const locale = localeOf(context, person);
  const { outcome, code: why } = await handOver(context.mail, {
    messageId: identity.messageId,
    to: { name: inOneLine(person.fullName), address: person.email },
    ...setLetter(codeLetter({ brand, locale, person }, { code, minutes }), brand),
    headers: automatic,
  });
  await store.transaction(async (tx) => {
    // Whoever was erased meanwhile has no list of mails any more.
    if ((await tx.mail(issuer, row.id)) === undefined) return;
    await tx.updateMail({ ...row, ...endOf(outcome, clock.now()) }, 'sending');
    if (outcome === 'refused') {
      await tx.appendHistory(
        mailHistory(context, row, 'mail_refused', why === undefined ? 'code' : `code: ${why}`),
      );
    }
  });
  if (outcome === 'refused') return 'refused';
  return outcome === 'deferred' ? 'try_later' : 'sent';
}

function endOf(outcome: MailState & ('accepted' | 'deferred' | 'refused' | 'unknown'), now: number) {
  return { state: outcome, sentAt: outcome === 'accepted' ? now : null };
}
