import { claimability } from '../awards/award-facts.ts';
import { addressChangedKind } from '../awards/address-changed-job.ts';
import type { FlowContext } from '../flow-context.ts';
import type { MailRow, MuteRow } from '../store/rows.ts';
import { waitingFor } from './record-bounce.ts';

/** A mail that a person should look at, because nothing sends it again by itself. */
export interface MailTrouble {
  readonly mailId: string;
  readonly messageId: string;
  readonly kind: string;
  /** `unknown`: it may have arrived. `refused`, `bounced`: it did not. */
  readonly state: 'unknown' | 'refused' | 'bounced';
  readonly recipientId: string;
  /** Those of its awards that still wait to be claimed. */
  readonly awardIds: readonly string[];
  /** When it was to be sent, in milliseconds since the epoch. */
  readonly at: number;
}

const pageSize = 100;

/**
 * The mails that may not have reached anybody while it still matters: what was claimed or withdrawn since, and what a person
 * had sent again, is left out. Oldest first within each state.
 */
export async function* mailTroubles(context: FlowContext): AsyncGenerator<MailTrouble, void, undefined> {
  const { issuer, store } = context;
  for (const state of ['refused', 'bounced', 'unknown'] as const) {
    let page: MailRow[] = [];
    do {
      page = await store.read.mails(issuer, state, pageSize, page.at(-1));
      for (const mail of page) {
        const awardIds = await stillWaiting(context, mail);
        if (awardIds === undefined) continue;
        const { id: mailId, messageId, kind, recipientId, createdAt: at } = mail;
        yield { mailId, messageId, kind, state, recipientId, awardIds, at };
      }
    } while (page.length === pageSize);
  }
}

/** A warning to a former address is worth a look for this long. */
const warningLifeMs = 30 * 24 * 3_600_000;

/** `undefined`: it does not matter any more. */
async function stillWaiting(
  { issuer, store, clock }: FlowContext,
  mail: MailRow,
): Promise<string[] | undefined> {
  // Whoever got no code asks for another one.
  if (mail.kind === 'code' && mail.state === 'unknown') return undefined;
  if (mail.kind === addressChangedKind) return clock.now() - mail.createdAt < warningLifeMs ? [] : undefined;
  const waiting: string[] = [];
  for (const awardId of mail.awardIds) {
    const award = await store.read.award(issuer, awardId);
    if (award !== undefined && claimability(award.facts) === 'yes') waiting.push(awardId);
  }
  return waiting.length === 0 ? undefined : waiting;
}

/** An address that gets no mail of ours until it is changed or cleared, and who waits there. */
export interface MutedRecipient {
  readonly recipientId: string;
  readonly reason: MuteRow['reason'];
  /** In milliseconds since the epoch. */
  readonly since: number;
  /** What this recipient could claim, if they were told. */
  readonly awardIds: readonly string[];
}

/** The recipients who cannot be mailed and have something to claim. */
export async function* mutedRecipients({
  issuer,
  store,
}: FlowContext): AsyncGenerator<MutedRecipient, void, undefined> {
  let page: MuteRow[] = [];
  do {
    page = await store.read.mutes(issuer, 'all', pageSize, page.at(-1)?.emailHash);
    for (const { emailHash, reason, at: since } of page) {
      for (const recipient of await store.read.recipientsByEmail(issuer, [emailHash])) {
        const awardIds = await waitingFor(store.read, [recipient]);
        if (awardIds.length > 0) yield { recipientId: recipient.id, reason, since, awardIds };
      }
    }
  } while (page.length === pageSize);
}
