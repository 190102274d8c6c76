import type { FlowContext } from '../flow-context.ts';
import type { StoreReads } from '../store/ports.ts';
import type { AwardRow, MailRow, RecipientRow } from '../store/rows.ts';
import type { Delivery } from './delivery-plan.ts';

/**
 * How a mail stands before it is sent.
 *
 * - `ended`: what becomes of it is decided.
 * - `interrupted`: somebody was handing it over and did not come back.
 * - `not_needed`: nothing is left to say, or nobody to say it to.
 * - `muted`: the address gets no more mail of ours.
 */
export type Seen =
  | { readonly next: 'ended' }
  | { readonly next: 'interrupted'; readonly row: MailRow }
  | { readonly next: 'not_needed'; readonly row: MailRow | undefined }
  | { readonly next: 'wait'; readonly until: number }
  | {
      readonly next: 'muted';
      readonly row: MailRow | undefined;
      readonly awardIds: readonly string[];
      readonly reason: string;
    }
  | {
      readonly next: 'send';
      readonly row: MailRow | undefined;
      readonly recipient: RecipientRow;
      readonly awards: readonly AwardRow[];
    };

/** Looks at a mail, changing nothing. */
export async function look({ issuer }: FlowContext, reads: StoreReads, delivery: Delivery): Promise<Seen> {
  const row = await reads.mail(issuer, delivery.id);
  if (row?.state === 'sending') return { next: 'interrupted', row };
  if (row !== undefined && row.state !== 'intended' && row.state !== 'deferred') return { next: 'ended' };
  const recipient = await reads.recipient(issuer, delivery.recipientId);
  // Erased: the list of their mails went with them, and gets no new line.
  if (recipient === undefined) return { next: 'ended' };
  const choice = await delivery.choose(reads, row);
  if ('notBefore' in choice) return { next: 'wait', until: choice.notBefore };
  if (choice.length === 0) return { next: 'not_needed', row };
  const mutes = await reads.mutesOf(issuer, recipient.emailHash);
  const muted = mutes.find((mute) => mute.mutes === 'all');
  if (muted !== undefined) {
    return { next: 'muted', row, awardIds: choice.map(({ id }) => id), reason: muted.reason };
  }
  return { next: 'send', row, recipient, awards: choice };
}
