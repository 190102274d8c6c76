import { claimability } from '../awards/award-facts.ts';
import { decideAnew } from '../awards/decide-anew.ts';
import { isMailbox } from '../awards/mailbox.ts';
import { emailHash as hashOf } from '../awards/recipient-identity.ts';
import type { FlowContext } from '../flow-context.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { MailRow, RecipientRow } from '../store/rows.ts';
import { mailHistory } from './mail-history.ts';

/**
 * What a mail provider reports about a mail or an address. Give the Message-ID where the report has it: it also says which
 * mail did not arrive.
 */
export type BounceReport = (
  | { /** With or without its angle brackets. */ readonly messageId: string }
  | { readonly address: string }
) & {
  /**
   * `hard`: there is no such mailbox. `complaint`: its owner called our mail spam. After both nothing is mailed there until
   * the address is changed or a person clears it. `soft`: it may work the next time, and is only noted.
   */
  readonly kind: 'hard' | 'soft' | 'complaint';
  /** The host's id of a member of staff; default `system`. */
  readonly who?: string;
};

/** `known`: it was recorded before. `unknown_mail`: nobody of this issuer was mailed so, or has this address. */
export type BounceOutcome = 'recorded' | 'known' | 'unknown_mail';

/** Records what a mail provider reported. Repeating it is safe. */
export function recordBounce(context: FlowContext, report: BounceReport): Promise<BounceOutcome> {
  return decideAnew(context.store, async (tx): Promise<BounceOutcome> => {
    const reached = await find(context, tx, report);
    if (reached === undefined) return 'unknown_mail';
    const { mail, emailHash, awardIds } = reached;
    const { kind, who = 'system' } = report;
    const news = kind === 'soft' || (await mute(context, tx, emailHash, kind, who));
    const came = kind === 'hard' && (mail?.state === 'accepted' || mail?.state === 'unknown');
    if (came) await tx.updateMail({ ...mail, state: 'bounced' }, mail.state);
    if (!news && !came) return 'known';
    await tx.appendHistory(mailHistory(context, { awardIds }, 'mail_bounced', kind, who));
    return 'recorded';
  });
}

/** `false`: it was muted for the same reason, or for a harder one. */
async function mute(
  { issuer, clock }: FlowContext,
  tx: StoreTransaction,
  emailHash: Uint8Array,
  kind: 'hard' | 'complaint',
  who: string,
): Promise<boolean> {
  const reason = kind === 'hard' ? 'hard_bounce' : 'complaint';
  const former = (await tx.mutesOf(issuer, emailHash)).find(({ mutes }) => mutes === 'all');
  if (former?.reason === reason || former?.reason === 'hard_bounce') return false;
  await tx.putMute({ issuer, emailHash, mutes: 'all', reason, at: clock.now(), who });
  return true;
}

interface Reached {
  readonly mail: MailRow | undefined;
  readonly emailHash: Uint8Array;
  /** Those that the mail named, or all that wait at this address. */
  readonly awardIds: readonly string[];
}

async function find(
  context: FlowContext,
  tx: StoreTransaction,
  report: BounceReport,
): Promise<Reached | undefined> {
  const { issuer } = context;
  if ('messageId' in report) {
    const messageId = `<${report.messageId.trim().replaceAll(/^<|>$/g, '')}>`;
    const mail = await tx.mailByMessageId(issuer, messageId);
    const recipient = mail === undefined ? undefined : await tx.keepRecipient(issuer, mail.recipientId);
    if (mail === undefined || recipient === undefined) return undefined;
    return { mail, emailHash: recipient.emailHash, awardIds: mail.awardIds };
  }
  if (!isMailbox(report.address)) return undefined;
  const emailHash = hashOf(context, report.address);
  const recipients = await tx.recipientsByEmail(issuer, [emailHash]);
  const [first] = recipients;
  if (first === undefined || (await tx.keepRecipient(issuer, first.id)) === undefined) return undefined;
  return { mail: undefined, emailHash, awardIds: await waitingFor(tx, recipients) };
}

/** Ids of everything that these recipients could claim now. */
export async function waitingFor(
  reads: Pick<StoreTransaction, 'awardsOfRecipient'>,
  recipients: readonly RecipientRow[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const { issuer, id } of recipients) {
    const awards = await reads.awardsOfRecipient(issuer, id);
    ids.push(...awards.filter(({ facts }) => claimability(facts) === 'yes').map((award) => award.id));
  }
  return ids;
}
