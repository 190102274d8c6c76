import { claimability, isHeld } from '../awards/award-facts.ts';
import { claimUrl } from '../awards/claim-link.ts';
import type { FlowContext } from '../flow-context.ts';
import type { JobHandler } from '../jobs/runner.ts';
import type { StoreReads } from '../store/ports.ts';
import type { AwardRow, MailRow, MailState } from '../store/rows.ts';
import { localeOf } from './compose-message.ts';
import { deliver } from './delivery.ts';
import type { Choice, Delivery } from './delivery-plan.ts';
import { claimLetter } from './letters.ts';
import { mailIdentity } from './mail-identity.ts';
import { scheduleReminders } from './reminder-jobs.ts';

/** Does jobs of `claimMailJob`: mails a recipient what they can claim and were not mailed about. */
export function claimMailHandler(context: FlowContext): JobHandler {
  return (job, control) => {
    const { runId = '', recipientId = '' } = job.refs;
    return deliver(context, claimDelivery(context, runId, recipientId), control);
  };
}

/** The claim mail of a run to one recipient; also the one that a person asked for, whose intent is stored already. */
export function claimDelivery(context: FlowContext, runId: string, recipientId: string): Delivery {
  return {
    ...mailIdentity(context, 'claim', runId, recipientId),
    kind: 'claim',
    recipientId,
    choose: (reads, row) => chooseAwards(context, reads, recipientId, row),
    write: (person, awards) => ({
      letter: claimLetter(
        { brand: context.brand, locale: localeOf(context, person), person },
        { titles: awards.map(({ title }) => title), url: urlOfFirst(context, awards) },
      ),
    }),
    sent: (tx, row) => scheduleReminders(context, tx, row),
  };
}

/** The link that a mail holds: of its first award. */
export function urlOfFirst(context: FlowContext, awards: readonly { readonly award: AwardRow }[]): string {
  const [first] = awards;
  if (first === undefined) throw new Error('A mail about claiming names at least one award.');
  return claimUrl(context, first.award);
}

/** A stopped issuer or credential type is looked at again this often. */
const stoppedWaitMs = 10 * 60_000;

async function chooseAwards(
  { issuer, clock }: FlowContext,
  reads: StoreReads,
  recipientId: string,
  row: MailRow | undefined,
): Promise<Choice> {
  const now = clock.now();
  const all = await reads.awardsOfRecipient(issuer, recipientId);
  const meant =
    row === undefined ? await notMailedYet(reads, issuer, recipientId, all) : stillMeant(row, all);
  const unheld = meant.filter(({ facts }) => !isHeld(facts, now));
  // What is held has a mail of its own to come. But what an intent names waits as a whole: a part of it would never be mailed.
  const due = row === undefined && unheld.length > 0 ? unheld : meant;
  if (due.length === 0) return [];
  const held = due.filter(({ facts }) => isHeld(facts, now)).map(({ facts }) => facts.heldUntil ?? now);
  if (held.length > 0) return { notBefore: Math.max(...held) };
  for (const type of new Set(due.map(({ credentialType }) => credentialType))) {
    if (await reads.isStopped(issuer, type)) return { notBefore: now + stoppedWaitMs };
  }
  if (row !== undefined) return due;
  // The proof shows them all, so the mail names them all.
  const waiting = all.filter((award) => !due.includes(award) && isOpen(award) && !isHeld(award.facts, now));
  return [...due, ...waiting];
}

/** What an intent meant, as far as it can be claimed. Who asked for a mail again may mean what was added before. */
function stillMeant({ kind, awardIds }: MailRow, all: readonly AwardRow[]): AwardRow[] {
  const meant = awardIds.flatMap((id) => all.find((award) => award.id === id) ?? []);
  return meant.filter((award) => (kind === 'resend' ? claimability(award.facts) !== 'no' : isOpen(award)));
}

/** Two runs that come close together are one mail to whoever is in both. */
async function notMailedYet(
  reads: StoreReads,
  issuer: string,
  recipientId: string,
  all: readonly AwardRow[],
): Promise<AwardRow[]> {
  const open = all.filter(isOpen);
  if (open.length === 0) return [];
  const mails = await reads.mailsOfRecipient(issuer, recipientId, mostMailsLookedAt);
  const named = new Set(
    mails
      .filter(({ kind, state }) => (kind === 'claim' || kind === 'resend') && !toldNobody.has(state))
      .flatMap(({ awardIds }) => awardIds),
  );
  return open.filter(({ id }) => !named.has(id));
}

const toldNobody: ReadonlySet<MailState> = new Set(['refused', 'not_needed']);

const mostMailsLookedAt = 500;

function isOpen({ facts }: AwardRow): boolean {
  return claimability(facts) === 'yes';
}
