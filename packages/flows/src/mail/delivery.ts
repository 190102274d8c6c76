import { decideAnew } from '../awards/decide-anew.ts';
import type { FlowContext } from '../flow-context.ts';
import type { JobControl } from '../jobs/runner.ts';
import type { Settlement } from '../store/jobs.ts';
import type { StoreTransaction } from '../store/ports.ts';
import type { MailRow, MailState } from '../store/rows.ts';
import type { Delivery } from './delivery-plan.ts';
import { look } from './delivery-look.ts';
import { hasMailLimits, takePlace } from './mail-limits.ts';
import type { MailMessage } from './mail-port.ts';
import { type HandedOver, handOver } from './hand-over.ts';
import { composeMessage } from './compose-message.ts';
import { deferredUntil } from './deferral.ts';
import { mailHistory } from './mail-history.ts';

/**
 * Sends one mail, at most once by itself. The store says `sending` before anything is handed over, and only who turned it so
 * hands over: a second worker, a crash in between or a worker that stood still for an hour cannot send it again. What such an
 * interruption leaves behind becomes `unknown`, for a person to look at.
 */
export async function deliver(
  context: FlowContext,
  delivery: Delivery,
  { signal }: JobControl,
): Promise<Settlement | undefined> {
  if (hasMailLimits(context)) {
    // A mail that will not leave takes no place.
    const before = await look(context, context.store.read, delivery);
    if (before.next === 'wait') return { retryAt: before.until };
    const held = before.next === 'send' ? await takePlace(context) : undefined;
    if (held !== undefined) return { retryAt: held.waitUntil };
  }
  signal.throwIfAborted();
  const decision = await decideAnew(context.store, (tx) => decide(context, tx, delivery));
  if (decision.act === 'end') {
    notice(context, decision.ended);
    return undefined;
  }
  if (decision.act === 'wait') return { retryAt: decision.until };
  const outcome = await handOver(context.mail, decision.message);
  const { settlement, ended } = await decideAnew(context.store, (tx) =>
    record(context, tx, delivery, outcome),
  );
  notice(context, ended);
  return settlement;
}

/** A mail that was sent, or that a person should look at. */
interface EndedMail {
  readonly row: MailRow;
  readonly state: 'accepted' | 'refused' | 'unknown';
}

/** Once it is stored: what is decided again is told once. */
function notice(context: FlowContext, ended: EndedMail | undefined): void {
  if (ended === undefined) return;
  const { state, row } = ended;
  const { id: mailId, kind, awardIds } = row;
  context.onNotice?.(
    state === 'accepted'
      ? { event: 'mail_sent', mailId, kind, awardIds }
      : { event: 'mail_failed', mailId, kind, state, awardIds },
  );
}

type Decision =
  | { readonly act: 'end'; readonly ended?: EndedMail }
  | { readonly act: 'wait'; readonly until: number }
  | { readonly act: 'send'; readonly message: MailMessage };

/** Looks once more, where nobody else can change it, and writes down what is about to happen. */
async function decide(context: FlowContext, tx: StoreTransaction, delivery: Delivery): Promise<Decision> {
  await lockRecipient(context, tx, delivery);
  const seen = await look(context, tx, delivery);
  switch (seen.next) {
    case 'ended':
      return { act: 'end' };
    case 'wait':
      return { act: 'wait', until: seen.until };
    case 'interrupted':
      await settle(context, tx, seen.row, 'unknown', `${seen.row.kind}: interrupted`);
      return { act: 'end', ended: { row: seen.row, state: 'unknown' } };
    case 'not_needed':
      // That a reminder was not needed is the rule, and not worth a row; every claim mail is accounted for.
      if (seen.row !== undefined || delivery.kind === 'claim') {
        await put(tx, seen.row, intentOf(context, delivery, [], 'not_needed'));
      }
      return { act: 'end' };
    case 'muted': {
      const row = intentOf(context, delivery, seen.row?.awardIds ?? seen.awardIds, 'refused');
      await put(tx, seen.row, row);
      await tx.appendHistory(mailHistory(context, row, 'mail_refused', `${row.kind}: ${seen.reason}`));
      return { act: 'end', ended: { row, state: 'refused' } };
    }
    case 'send': {
      const awardIds = seen.row?.awardIds ?? seen.awards.map(({ id }) => id);
      const message = await composeMessage(context, delivery, seen.recipient, seen.awards);
      await put(tx, seen.row, intentOf(context, delivery, awardIds, 'sending'));
      return { act: 'send', message };
    }
  }
}

/**
 * One mail to a recipient is decided at a time: two runs, or two reminders, must see what the other one says. The first award
 * stands for the recipient, whose row nobody locks.
 */
async function lockRecipient(
  { issuer }: FlowContext,
  tx: StoreTransaction,
  { recipientId }: Delivery,
): Promise<void> {
  const [first] = await tx.awardsOfRecipient(issuer, recipientId);
  if (first !== undefined) await tx.lockAward(issuer, first.id);
}

/** What a mail comes to. */
interface Recorded {
  readonly settlement?: Settlement;
  readonly ended?: EndedMail;
}

/** Writes down what became of it. Meanwhile somebody else may have judged it unknown: who handed it over knows better. */
async function record(
  context: FlowContext,
  tx: StoreTransaction,
  delivery: Delivery,
  { outcome, code, retryAfterMs }: HandedOver,
): Promise<Recorded> {
  const row = await tx.mail(context.issuer, delivery.id);
  if (row?.state !== 'sending' && row?.state !== 'unknown') return {};
  switch (outcome) {
    case 'accepted':
      await settle(context, tx, row, 'accepted', row.kind);
      await delivery.sent?.(tx, { ...row, state: 'accepted', sentAt: context.clock.now() });
      return { ended: { row, state: 'accepted' } };
    case 'refused':
      await settle(context, tx, row, 'refused', code === undefined ? row.kind : `${row.kind}: ${code}`);
      return { ended: { row, state: 'refused' } };
    case 'unknown':
      if (row.state === 'unknown') return {};
      await settle(context, tx, row, 'unknown', row.kind);
      return { ended: { row, state: 'unknown' } };
    case 'deferred': {
      // Judged unknown meanwhile: its job is gone, a person decides.
      if (row.state === 'unknown') return {};
      const until = deferredUntil(context, row, retryAfterMs);
      if (until === undefined) {
        await settle(context, tx, row, 'refused', `${row.kind}: put off for too long`);
        return { ended: { row, state: 'refused' } };
      }
      await tx.updateMail({ ...row, state: 'deferred' }, row.state);
      return { settlement: { retryAt: until } };
    }
  }
}

function intentOf(
  { issuer, clock }: FlowContext,
  { id, messageId, kind, recipientId }: Delivery,
  awardIds: readonly string[],
  state: MailState,
): MailRow {
  return { issuer, id, messageId, recipientId, kind, awardIds, state, createdAt: clock.now(), sentAt: null };
}

async function put(tx: StoreTransaction, stored: MailRow | undefined, row: MailRow): Promise<void> {
  if (stored === undefined) await tx.insertMails([row]);
  else await tx.updateMail(row, stored.state);
}

async function settle(
  context: FlowContext,
  tx: StoreTransaction,
  row: MailRow,
  state: 'accepted' | 'refused' | 'unknown',
  why: string,
): Promise<void> {
  const sentAt = state === 'accepted' ? context.clock.now() : null;
  await tx.updateMail({ ...row, state, sentAt }, row.state);
  const what = state === 'accepted' ? 'mail_sent' : `mail_${state}`;
  await tx.appendHistory(mailHistory(context, row, what, why));
}
