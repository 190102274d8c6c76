import { createHmac, randomUUID } from 'node:crypto';
import type { Recipient } from '../awards/recipient.ts';
import type { FlowContext } from '../flow-context.ts';

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

/** Mails a code to a learner who waits for it. Limit first how often (security rule 7): every call sends a mail. */
export async function mailCode(context: FlowContext, mail: CodeMail): Promise<CodeMailOutcome> {
  const { person, code, minutes } = mail;
  const text = `${code}\n\n${context.brand.name}, ${minutes} min\n`;
  const messageId = `<${createHmac('sha256', context.lookupKey).update(randomUUID()).digest('base64url')}@${new URL(context.claimBaseUrl).hostname}>`;
  try {
    const { outcome } = await context.mail.send({
      messageId,
      to: { name: person.fullName, address: person.email },
      subject: context.brand.name,
      text,
      html: '',
      attachments: [],
      headers: {},
    });
    if (outcome === 'accepted') return 'sent';
    return outcome === 'deferred' ? 'try_later' : 'refused';
  } catch {
    return 'sent';
  }
}
